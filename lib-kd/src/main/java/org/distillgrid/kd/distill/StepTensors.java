package org.distillgrid.kd.distill;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.distillgrid.kd.nn.Pass;

/**
 * What one training step carries for one student.
 *
 * @param step counted from 0
 * @param input the degraded batch in [0, 1], N×C×h×w
 * @param target the ground truth in [0, 1], N×C×H×W
 * @param student the student's pass, on the gradient tape
 * @param taught the teacher's output, off the tape, N×C×H×W; absent if the method reads none
 * @param teacher the teacher's whole pass, off the tape; absent if the method reads no more than
 *     the output
 * @param compared how the student's output is compared with the ground truth
 */
public record StepTensors(
    long step,
    NDArray input,
    NDArray target,
    Pass student,
    Optional<NDArray> taught,
    Optional<Pass> teacher,
    PixelLoss compared) {

  /** The tensors of a step whose output is compared with the ground truth by L1. */
  public StepTensors(
      long step,
      NDArray input,
      NDArray target,
      Pass student,
      Optional<NDArray> taught,
      Optional<Pass> teacher) {
    this(step, input, target, student, taught, teacher, PixelLoss.L1);
  }

  /** The tensors of a step at which the teacher has run, or there is none. */
  public StepTensors(
      long step, NDArray input, NDArray target, Pass student, Optional<Pass> teacher) {
    this(step, input, target, student, teacher.map(Pass::output), teacher);
  }

  /**
   * Returns the teacher's output for the batch, N×C×H×W, which a method that reads {@link
   * TeacherUse#OUTPUT} or more may rely on. It may come from a prediction made before.
   */
  public NDArray teacherOutput() {
    return taught.orElseThrow(() -> new IllegalStateException("This step has no teacher output"));
  }

  /**
   * Returns the teacher's pass, which a method that reads {@link TeacherUse#FEATURES} or more may
   * rely on.
   */
  public Pass teacherPass() {
    return teacher.orElseThrow(() -> new IllegalStateException("This step has no teacher pass"));
  }

  /** Returns these tensors, to be compared with the ground truth in some way. */
  public StepTensors comparedBy(PixelLoss loss) {
    return new StepTensors(step, input, target, student, taught, teacher, loss);
  }

  /** Returns how far the output lies from the ground truth, the term that every method has. */
  public NDArray pixelLoss() {
    return compared.of(student.output(), target);
  }
}
