package org.distillgrid.jobs.plan;

import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.kd.model.ModelName;
import org.distillgrid.kd.train.Cell;
import org.distillgrid.kd.train.Schedule;

/**
 * A full-precision student that is trained once and shared by all trials of its student and seed;
 * no teacher takes part in it.
 *
 * @param task the task's name
 * @param scale target size over input size
 * @param channels image channels
 * @param student the student, which keeps the spelling of the spec
 * @param seed decides first values, batches and augmentations
 * @param schedule how it is trained
 * @param validatePatches most patches of one validation
 * @param threads threads of the training
 */
public record PretrainKey(
    String task,
    int scale,
    int channels,
    ModelName student,
    long seed,
    Schedule schedule,
    int validatePatches,
    int threads) {

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
    parts.put("network", student.canonical());
    parts.put("seed", seed);
    parts.put("schedule", CanonicalHash.schedule(schedule));
    parts.put("validatePatches", validatePatches);
    parts.put("threads", threads);
    return CanonicalHash.id(parts);
  }

  /** Returns what it trains. */
  public Cell cell() {
    return Cell.fullPrecision(student, seed);
  }
}
