package org.distillgrid.jobs.worker;

import java.io.Serializable;

/**
 * Where a run's teacher is.
 *
 * @param model its model name; empty when the run has no teacher
 * @param path its weights below the run folder; empty when the run has no teacher
 * @param hash SHA-256 of its weights; empty when the run has no teacher
 */
public record TeacherWeights(String model, String path, String hash) implements Serializable {
  /** Stands for the teacher of a run that has none. */
  public static final TeacherWeights NONE = new TeacherWeights("", "", "");

  /** Returns whether there is a teacher. */
  public boolean present() {
    return !model.isEmpty();
  }
}
