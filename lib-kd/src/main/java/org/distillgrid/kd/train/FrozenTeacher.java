package org.distillgrid.kd.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Optional;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.Flow;
import org.distillgrid.kd.nn.GradientMode;
import org.distillgrid.kd.nn.Pass;

/** A teacher whose network is read when it is first needed: by a step, a method or a picture. */
final class FrozenTeacher implements Architecture {
  private final CohortSetup.Teacher teacher;
  private final ModelTarget target;
  private final NDManager manager;
  private Optional<Architecture> opened = Optional.empty();

  /**
   * Names a teacher; nothing is read.
   *
   * @param manager owns its network
   */
  FrozenTeacher(CohortSetup.Teacher teacher, ModelTarget target, NDManager manager) {
    this.teacher = teacher;
    this.target = target;
    this.manager = manager;
  }

  /** Runs it over a batch, off the tape. */
  Pass pass(NDArray input) {
    return GradientMode.off(() -> Pass.of(network(), input));
  }

  @Override
  public Flow head(NDArray input) {
    return network().head(input);
  }

  @Override
  public int segments() {
    return network().segments();
  }

  @Override
  public Flow segment(int index, Flow flow) {
    return network().segment(index, flow);
  }

  @Override
  public NDArray tail(Flow flow) {
    return network().tail(flow);
  }

  @Override
  public NDArray joined(Flow flow) {
    return network().joined(flow);
  }

  @Override
  public NDArray output(Flow flow, NDArray joined) {
    return network().output(flow, joined);
  }

  @Override
  public double range() {
    return network().range();
  }

  @Override
  public int width(int segment) {
    return network().width(segment);
  }

  @Override
  public Architecture unobserved() {
    return network().unobserved();
  }

  private Architecture network() {
    if (opened.isEmpty()) {
      Network network =
          Network.load(
              teacher.model(), target, teacher.weights(), "the teacher's weights", manager);
      opened = Optional.of(network.architecture());
    }
    return opened.get();
  }
}
