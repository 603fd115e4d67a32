package org.distillgrid.jobs.plan;

import java.io.Serializable;
import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.kd.train.Schedule;

/**
 * A full-precision student that is trained once and shared by all trials of its student and seed;
 * no teacher takes part in it.
 *
 * @param task the task's name
 * @param scale target size over input size
 * @param channels image channels
 * @param student the student's name as the spec writes it
 * @param network the student's canonical name
 * @param seed decides first values, batches and augmentations
 * @param schedule how it is trained
 * @param validatePatches most patches of one validation
 * @param threads threads of the training
 */
public record PretrainKey(
    String task,
    int scale,
    int channels,
    String student,
    String network,
    long seed,
    Schedule schedule,
    int validatePatches,
    int threads)
    implements Serializable {

  /**
   * Returns its id: 16 hexadecimal digits.
   *
   * @param data fingerprint of the patch table
   */
  public String id(String data) {
    SortedMap<String, Object> parts = new TreeMap<>();
    parts.put("kind", "pretrained");
    parts.put("data", data);
    parts.put("task", task);
    parts.put("scale", scale);
    parts.put("channels", channels);
    parts.put("network", network);
    parts.put("seed", seed);
    parts.put("schedule", CanonicalHash.schedule(schedule));
    parts.put("validatePatches", validatePatches);
    parts.put("threads", threads);
    return CanonicalHash.id(parts);
  }
}
