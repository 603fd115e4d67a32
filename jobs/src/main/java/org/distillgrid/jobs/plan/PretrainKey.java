package org.distillgrid.jobs.plan;

import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.kd.model.ModelName;
import org.distillgrid.kd.train.Cell;
import org.distillgrid.kd.train.Schedule;

/**
 * What the trials of one student and seed start from: as a rule a full-precision student that is
 * trained once for all of them, without a teacher; else the weights or first values that its start
 * names.
 *
 * @param task the task's name
 * @param scale target size over input size
 * @param channels image channels
 * @param student the student, which keeps the spelling of the spec
 * @param from what it starts from itself
 * @param seed decides first values, batches and augmentations
 * @param schedule how it is trained, if it is
 * @param validatePatches most patches of one validation
 * @param threads threads of that training
 */
public record PretrainKey(
    String task,
    int scale,
    int channels,
    ModelName student,
    StudentStart from,
    long seed,
    Schedule schedule,
    int validatePatches,
    int threads) {

  /**
   * Returns its id: 16 hexadecimal digits.
   *
   * @param keys of which the patches and the weights that it takes must be known
   */
  public String id(ContentKeys keys) {
    SortedMap<String, Object> parts = new TreeMap<>();
    parts.put("kind", kind());
    parts.put("data", keys.data());
    parts.put("task", task);
    parts.put("scale", scale);
    parts.put("channels", channels);
    parts.put("network", student.canonical());
    parts.put("seed", seed);
    parts.put("validatePatches", validatePatches);
    if (isTrained()) {
      parts.put("schedule", CanonicalHash.schedule(schedule));
      parts.put("threads", threads);
    }
    from.hash(keys).ifPresent(hash -> parts.put("weights", hash));
    return CanonicalHash.id(parts);
  }

  // The same weights are the same start, whoever they come from.
  private String kind() {
    return switch (from.start()) {
      case PRETRAINED -> "pretrained";
      case SCRATCH -> "scratch";
      case GIVEN, TEACHER -> "given";
    };
  }

  /** Returns whether it is trained at all. */
  public boolean isTrained() {
    return from.isPretrained();
  }

  /** Returns what it trains. */
  public Cell cell() {
    return Cell.fullPrecision(student, seed).labelled(from.label());
  }
}
