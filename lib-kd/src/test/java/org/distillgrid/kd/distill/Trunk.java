package org.distillgrid.kd.distill;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.Flow;

/**
 * A network of which only the sizes matter: every segment repeats a channel of the input.
 *
 * @param widths the segments' widths
 */
public record Trunk(List<Integer> widths) implements Architecture {
  @Override
  public Flow head(NDArray input) {
    return Flow.start(input, input);
  }

  @Override
  public int segments() {
    return widths.size();
  }

  @Override
  public Flow segment(int index, Flow flow) {
    return flow.after(flow.skip().get(":,0:1").repeat(1, widths.get(index)));
  }

  @Override
  public NDArray tail(Flow flow) {
    return flow.skip();
  }

  @Override
  public int width(int segment) {
    return widths.get(segment);
  }
}
