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
 * @param teacher the teacher's pass, off the tape; absent if no method of the cohort asked for it
 */
public record StepTensors(
    long step, NDArray input, NDArray target, Pass student, Optional<Pass> teacher) {

  /** Returns the teacher's pass, which a method that asked for it may rely on. */
  public Pass teacherPass() {
    return teacher.orElseThrow(() -> new IllegalStateException("This step has no teacher pass"));
  }

  /** Returns L1(S, Y), the term that every method has. */
  public NDArray pixelLoss() {
    return student.output().sub(target).abs().mean();
  }
}
