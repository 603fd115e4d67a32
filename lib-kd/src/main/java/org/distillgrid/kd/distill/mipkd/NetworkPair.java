package org.distillgrid.kd.distill.mipkd;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.distillgrid.kd.distill.StepTensors;
import org.distillgrid.kd.distill.feature.TapPoints;
import org.distillgrid.kd.nn.Architecture;

/**
 * Student and teacher, and the points at which they are joined.
 *
 * @param student for passes beside its own: what it observes while it trains stays as it is
 * @param teacher frozen
 * @param points indices of segments
 */
record NetworkPair(Architecture student, Architecture teacher, TapPoints points) {
  static NetworkPair of(Architecture student, Architecture teacher, int wanted) {
    return new NetworkPair(student.unobserved(), teacher, TapPoints.of(student, teacher, wanted));
  }

  /** Returns what the networks' own passes of a step are to a hybrid. */
  PairedPasses passes(StepTensors tensors) {
    NDManager step = tensors.input().getManager();
    List<NDArray> taught =
        tensors.teacherPass().features().stream().map(shared -> alias(shared, step)).toList();
    return new PairedPasses(this, tensors.input(), tensors.student().features(), taught);
  }

  // The teacher's pass outlives this student's step, and results belong to their first operand.
  private static NDArray alias(NDArray shared, NDManager step) {
    NDArray alias = shared.stopGradient();
    alias.attach(step);
    return alias;
  }
}
