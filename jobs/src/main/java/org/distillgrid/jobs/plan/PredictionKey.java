package org.distillgrid.jobs.plan;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that decides what a teacher's predictions of a run's training patches are.
 *
 * @param teacher the teacher's canonical name
 * @param teacherHash SHA-256 of its weights, hexadecimal
 * @param task the task's name
 * @param scale target size over input size
 * @param channels image channels
 * @param data fingerprint of the patch table
 * @param threads threads of the engine, which decide rounding
 */
public record PredictionKey(
    String teacher,
    String teacherHash,
    String task,
    int scale,
    int channels,
    String data,
    int threads) {
  // Changes when predictions are laid out, rounded or grouped in another way.
  private static final int FORMAT = 1;

  /** Returns its parts by name, as the state file of predictions tells them. */
  public SortedMap<String, Object> parts() {
    SortedMap<String, Object> parts = new TreeMap<>();
    parts.put("kind", "predictions");
    parts.put("predictions", FORMAT);
    parts.put("teacher", teacher);
    parts.put("teacherHash", teacherHash);
    parts.put("task", task);
    parts.put("scale", scale);
    parts.put("channels", channels);
    parts.put("data", data);
    parts.put("threads", threads);
    return parts;
  }

  /** Returns its id: 16 hexadecimal digits. */
  public String id() {
    return CanonicalHash.id(parts());
  }
}
