package org.distillgrid.kd.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;

/**
 * Runs networks for their outputs alone: off the gradient tape, and with the intermediate tensors
 * of a segment freed as soon as it ends.
 */
public final class Inference {
  private Inference() {}

  /** Returns the output, not clamped, in the input's manager. */
  public static NDArray output(Architecture network, NDArray input) {
    return GradientMode.off(() -> run(network, input));
  }

  private static NDArray run(Architecture network, NDArray input) {
    NDManager manager = input.getManager();
    try (NDManager kept = manager.newSubManager()) {
      Flow flow = head(network, input, kept);
      for (int k = 0; k < network.segments(); k++) {
        flow = segment(network, k, flow, kept);
      }
      try (NDManager scratch = kept.newSubManager()) {
        NDArray output = network.tail(alias(flow, scratch));
        output.attach(manager);
        return output;
      }
    }
  }

  private static Flow head(Architecture network, NDArray input, NDManager kept) {
    try (NDManager scratch = kept.newSubManager()) {
      Flow flow = network.head(alias(input, scratch));
      flow.skip().attach(kept);
      flow.features().attach(kept);
      return new Flow(input, flow.skip(), List.of(), flow.features());
    }
  }

  private static Flow segment(Architecture network, int index, Flow flow, NDManager kept) {
    try (NDManager scratch = kept.newSubManager()) {
      NDArray features = network.segment(index, alias(flow, scratch)).features();
      features.attach(kept);
      return flow.after(features);
    }
  }

  private static Flow alias(Flow flow, NDManager scratch) {
    return new Flow(
        alias(flow.input(), scratch),
        alias(flow.skip(), scratch),
        flow.history().stream().map(features -> alias(features, scratch)).toList(),
        alias(flow.features(), scratch));
  }

  // Results belong to the manager of their first operand, so operands are seen through aliases.
  private static NDArray alias(NDArray array, NDManager scratch) {
    NDArray alias = array.reshape(array.getShape());
    alias.attach(scratch);
    return alias;
  }
}
