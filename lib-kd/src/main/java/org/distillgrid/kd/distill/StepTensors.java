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
 * @param pixelWeight weights of mean 1 for per-pixel distillation terms, N×1×H×W; absent means 1
 */
public record StepTensors(
    long step,
    NDArray input,
    NDArray target,
    Pass student,
    Optional<Pass> teacher,
    Optional<NDArray> pixelWeight) {

  /** Returns the teacher's pass, which a method that asked for it may rely on. */
  public Pass teacherPass() {
    return teacher.orElseThrow(() -> new IllegalStateException("This step has no teacher pass"));
  }

  /** Returns these tensors with other weights for per-pixel distillation terms. */
  public StepTensors weighted(NDArray newPixelWeight) {
    return new StepTensors(step, input, target, student, teacher, Optional.of(newPixelWeight));
  }

  /** Returns L1(S, Y), the term that every method has. */
  public NDArray pixelLoss() {
    return student.output().sub(target).abs().mean();
  }

  /** Returns the mean of a per-pixel map, N×C×H×W, under the weights. */
  public NDArray pixelMean(NDArray map) {
    return pixelWeight.map(weight -> map.mul(weight)).orElse(map).mean();
  }
}
