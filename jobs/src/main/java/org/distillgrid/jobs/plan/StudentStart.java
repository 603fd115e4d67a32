package org.distillgrid.jobs.plan;

import java.io.Serializable;
import java.util.Optional;
import org.distillgrid.jobs.spec.TrainSpec;

/**
 * What the trials of a student start from.
 *
 * @param label what the grid calls the student
 * @param start the kind
 * @param source the checkpoint that the spec gives the student; empty where it gives none
 */
public record StudentStart(String label, TrainSpec.Start start, String source)
    implements Serializable {

  /** Returns the checkpoint that the spec gives the student, if it gives one. */
  public Optional<String> weights() {
    return Optional.of(source).filter(path -> !path.isEmpty());
  }

  /** Returns whether a full-precision student is trained before the trials. */
  public boolean isPretrained() {
    return start == TrainSpec.Start.PRETRAINED;
  }

  /** Returns whether trials cannot start before the teacher is there. */
  public boolean isTeacher() {
    return start == TrainSpec.Start.TEACHER;
  }

  /** Returns the SHA-256 of the weights that it takes from elsewhere; empty where it takes none. */
  Optional<String> hash(ContentKeys keys) {
    return switch (start) {
      case PRETRAINED, SCRATCH, GIVEN -> weights().map(path -> keys.student(label));
      case TEACHER -> Optional.of(keys.teacher());
    };
  }
}
