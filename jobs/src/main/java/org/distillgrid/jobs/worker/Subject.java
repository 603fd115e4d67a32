package org.distillgrid.jobs.worker;

import java.io.Serializable;
import java.util.Optional;
import org.distillgrid.kd.train.Cell;

/** What one training trains. */
public sealed interface Subject extends Serializable {
  /** Returns the cell of a student or teacher; empty for what is neither. */
  Optional<Cell> cell();

  /**
   * A student, or a teacher, which is trained as one.
   *
   * @param place its place in the grid
   */
  record Student(Cell place) implements Subject {
    @Override
    public Optional<Cell> cell() {
      return Optional.of(place);
    }
  }

  /** The encoder that methods compare images in. */
  record Encoder() implements Subject {
    @Override
    public Optional<Cell> cell() {
      return Optional.empty();
    }
  }
}
