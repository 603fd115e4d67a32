package org.distillgrid.kd.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Runs networks for their outputs alone: off the gradient tape, and with the intermediate tensors
 * of a segment freed as soon as it ends.
 */
public final class Inference {
  private Inference() {}

  /** Returns the output, not clamped, in the input's manager. */
  public static NDArray output(Architecture network, NDArray input) {
    return watched(network, input, left -> true).orElseThrow();
  }

  /**
   * Returns the output as {@link #output} does, or nothing as soon as the features after the head
   * or a segment are of no use.
   */
  public static Optional<NDArray> outputUnless(
      Predicate<NDArray> useless, Architecture network, NDArray input) {
    return watched(network, input, left -> !useless.test(left));
  }

  /** Returns the output, or nothing if the watch has not let it go on to the tail. */
  static Optional<NDArray> watched(Architecture network, NDArray input, StageWatch watch) {
    return GradientMode.off(() -> run(network, input, watch));
  }

  private static Optional<NDArray> run(Architecture network, NDArray input, StageWatch watch) {
    try (NDManager kept = input.getManager().newSubManager()) {
      Optional<Flow> flow = head(network, input, kept, watch);
      for (int k = 0; k < network.segments() && flow.isPresent(); k++) {
        flow = segment(network, k, flow.get(), kept, watch);
      }
      return flow.map(last -> tail(network, last, kept, watch));
    }
  }

  private static Optional<Flow> head(
      Architecture network, NDArray input, NDManager kept, StageWatch watch) {
    try (NDManager scratch = kept.newSubManager()) {
      NDArray alias = alias(input, scratch);
      watch.began(List.of(alias));
      Flow flow = network.head(alias);
      if (!watch.goesOn(flow.features())) {
        return Optional.empty();
      }
      flow.skip().attach(kept);
      flow.features().attach(kept);
      return Optional.of(new Flow(input, flow.skip(), List.of(), flow.features()));
    }
  }

  private static Optional<Flow> segment(
      Architecture network, int index, Flow flow, NDManager kept, StageWatch watch) {
    try (NDManager scratch = kept.newSubManager()) {
      NDArray features = network.segment(index, alias(flow, scratch, watch)).features();
      if (!watch.goesOn(features)) {
        return Optional.empty();
      }
      features.attach(kept);
      return Optional.of(flow.after(features));
    }
  }

  private static NDArray tail(Architecture network, Flow flow, NDManager kept, StageWatch watch) {
    try (NDManager scratch = kept.newSubManager()) {
      NDArray output = network.tail(alias(flow, scratch, watch));
      watch.goesOn(output);
      output.attach(flow.input().getManager());
      return output;
    }
  }

  private static Flow alias(Flow flow, NDManager scratch, StageWatch watch) {
    Flow alias =
        new Flow(
            alias(flow.input(), scratch),
            alias(flow.skip(), scratch),
            flow.history().stream().map(features -> alias(features, scratch)).toList(),
            alias(flow.features(), scratch));
    watch.began(alias.history());
    watch.began(List.of(alias.input(), alias.skip(), alias.features()));
    return alias;
  }

  // Results belong to the manager of their first operand, so operands are seen through aliases.
  private static NDArray alias(NDArray array, NDManager scratch) {
    NDArray alias = array.reshape(array.getShape());
    alias.attach(scratch);
    return alias;
  }
}
