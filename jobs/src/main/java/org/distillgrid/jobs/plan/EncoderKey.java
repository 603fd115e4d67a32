package org.distillgrid.jobs.plan;

import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.kd.train.Schedule;

/**
 * An encoder that is trained once and shared by all trials whose methods read one.
 *
 * @param encoder its canonical name
 * @param seed decides first values, batches and augmentations
 * @param schedule how it is trained
 * @param validatePatches most patches of one validation
 * @param threads threads of the training
 */
public record EncoderKey(
    String encoder, long seed, Schedule schedule, int validatePatches, int threads) {
  /**
   * Returns its id: 16 hexadecimal digits.
   *
   * @param data fingerprint of the patch table
   */
  public String id(String data) {
    SortedMap<String, Object> parts = new TreeMap<>();
    parts.put("kind", "encoder");
    parts.put("data", data);
    parts.put("encoder", encoder);
    parts.put("seed", seed);
    parts.put("schedule", CanonicalHash.schedule(schedule));
    parts.put("validatePatches", validatePatches);
    parts.put("threads", threads);
    return CanonicalHash.id(parts);
  }
}
