package org.distillgrid.kd.nn;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.api.Test;

class TestInference {
  /** Two segments, and a tail that reads everything it may. */
  private record Chain(List<Conv2d> convs) implements Architecture {
    @Override
    public Flow head(NDArray input) {
      return Flow.start(input, convs.get(0).forward(input));
    }

    @Override
    public int segments() {
      return 2;
    }

    @Override
    public Flow segment(int index, Flow flow) {
      NDArray features = convs.get(1 + index).forward(flow.features());
      return flow.after(features.add(flow.skip()));
    }

    @Override
    public NDArray tail(Flow flow) {
      NDArray sum = flow.history().get(0).add(flow.features()).add(flow.skip());
      return convs.get(3).forward(sum).add(flow.input());
    }

    @Override
    public int width(int segment) {
      return 3;
    }
  }

  @Test
  void computesWhatAPassDoesAndLeavesOnlyTheOutput() {
    try (NDManager manager = NDManager.newBaseManager();
        ParameterSet parameters = new ParameterSet()) {
      LayerFactory factory = LayerFactory.into(parameters, new ArrayList<>(), Draws.of("t"));
      List<Conv2d> convs =
          List.of(
              factory.conv("head", 2, 3, 3, InputRange.SIGNED),
              factory.conv("first", 3, 3, 3, InputRange.SIGNED),
              factory.conv("second", 3, 3, 3, InputRange.SIGNED),
              factory.conv("tail", 3, 2, 3, InputRange.SIGNED));
      parameters.open(manager).trainable();
      Chain chain = new Chain(convs);
      try (NDManager step = manager.newSubManager()) {
        NDArray input = step.arange(32f).reshape(1, 2, 4, 4).div(32);
        NDArray expected = Pass.of(chain, input).output();
        BaseNDManager owner = (BaseNDManager) step;
        int before = owner.getManagedArrays().size();
        NDArray output = Inference.output(chain, input);
        assertThat(output).isEqualTo(expected);
        assertThat(output.getManager()).isSameAs(step);
        assertThat(owner.getManagedArrays()).hasSize(before + 1);
        output.close();
        assertThat(owner.getManagedArrays()).hasSize(before);
      }
    }
  }
}
