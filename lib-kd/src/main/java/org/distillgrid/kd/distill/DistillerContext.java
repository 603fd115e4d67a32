package org.distillgrid.kd.distill;

import ai.djl.ndarray.NDManager;
import java.util.Optional;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.perceptual.PerceptualEncoder;
import org.distillgrid.kd.random.Draws;

/**
 * What a method is given when it is set to work on one student.
 *
 * @param student the student's network
 * @param teacher the teacher's network, frozen; absent when a trial has none
 * @param encoder in whose features images are compared, frozen; absent when no method of the cohort
 *     asked for one
 * @param copies copies of the student and its moving average; absent where nothing is trained
 * @param steps how many steps the trial takes
 * @param draws the trial's generators
 * @param manager owns the method's own networks; closed after the trial
 */
public record DistillerContext(
    Architecture student,
    Optional<Architecture> teacher,
    Optional<PerceptualEncoder> encoder,
    Optional<StudentCopies> copies,
    long steps,
    Draws draws,
    NDManager manager) {
  /** A context without copies of the student. */
  public DistillerContext(
      Architecture student,
      Optional<Architecture> teacher,
      Optional<PerceptualEncoder> encoder,
      long steps,
      Draws draws,
      NDManager manager) {
    this(student, teacher, encoder, Optional.empty(), steps, draws, manager);
  }

  /** A context without an encoder and copies of the student. */
  public DistillerContext(
      Architecture student,
      Optional<Architecture> teacher,
      long steps,
      Draws draws,
      NDManager manager) {
    this(student, teacher, Optional.empty(), steps, draws, manager);
  }

  /**
   * Returns the teacher, for a method that cannot do without.
   *
   * @param method its name
   * @throws GridException if there is none
   */
  public Architecture teacherOf(String method) {
    return teacher.orElseThrow(
        () ->
            GridException.of(
                ErrorCode.USAGE, "Cannot use method %s: the trial has no teacher", method));
  }
}
