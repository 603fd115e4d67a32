package org.distillgrid.kd.nn;

import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Runs networks for their outputs alone: off the gradient tape, and with the intermediate tensors
 * of a segment freed as soon as it ends.
 */
public final class Inference {
  private Inference() {}

  /** Returns the output, not clamped, in the input's manager. */
  public static NDArray output(Architecture network, NDArray input) {
    return GradientMode.off(() -> run(network, input, (entered, left, tensors) -> true))
        .orElseThrow();
  }

  /**
   * Returns the output as {@link #output} does, or nothing as soon as the features after the head
   * or a segment are of no use.
   */
  public static Optional<NDArray> outputUnless(
      Predicate<NDArray> useless, Architecture network, NDArray input) {
    return GradientMode.off(
        () -> run(network, input, (entered, left, tensors) -> !useless.test(left)));
  }

  /**
   * Returns the most bytes that the tensors of such a pass hold at once. Views of a tensor count as
   * if they were copies; what PyTorch itself takes inside one operation is not counted.
   */
  public static long peakBytes(Architecture network, NDArray input) {
    List<Long> stages = new ArrayList<>();
    Watch watch =
        (entered, left, tensors) -> {
          // What entered is in both managers: once itself, once as an alias.
          stages.add(bytes(tensors) - bytes(entered) + bytes(List.of(input)));
          return true;
        };
    GradientMode.off(() -> run(network, input, watch)).orElseThrow().close();
    return stages.stream().mapToLong(Long::longValue).max().orElseThrow();
  }

  /** Sees what a stage has made, before its intermediate tensors are freed. */
  @FunctionalInterface
  private interface Watch {
    /**
     * Returns whether to go on.
     *
     * @param entered what the stage was given
     * @param left the features or the output that it gives
     * @param tensors everything that is held at its end
     */
    boolean goesOn(Collection<NDArray> entered, NDArray left, Collection<NDArray> tensors);
  }

  private static Optional<NDArray> run(Architecture network, NDArray input, Watch watch) {
    try (NDManager kept = input.getManager().newSubManager()) {
      Optional<Flow> flow = head(network, input, kept, watch);
      for (int k = 0; k < network.segments() && flow.isPresent(); k++) {
        flow = segment(network, k, flow.get(), kept, watch);
      }
      return flow.map(last -> tail(network, last, kept, watch));
    }
  }

  private static Optional<Flow> head(
      Architecture network, NDArray input, NDManager kept, Watch watch) {
    try (NDManager scratch = kept.newSubManager()) {
      Flow flow = network.head(alias(input, scratch));
      if (!watch.goesOn(List.of(input), flow.features(), tensors(kept, scratch))) {
        return Optional.empty();
      }
      flow.skip().attach(kept);
      flow.features().attach(kept);
      return Optional.of(new Flow(input, flow.skip(), List.of(), flow.features()));
    }
  }

  private static Optional<Flow> segment(
      Architecture network, int index, Flow flow, NDManager kept, Watch watch) {
    try (NDManager scratch = kept.newSubManager()) {
      NDArray features = network.segment(index, alias(flow, scratch)).features();
      if (!watch.goesOn(arrays(flow), features, tensors(kept, scratch))) {
        return Optional.empty();
      }
      features.attach(kept);
      return Optional.of(flow.after(features));
    }
  }

  private static NDArray tail(Architecture network, Flow flow, NDManager kept, Watch watch) {
    try (NDManager scratch = kept.newSubManager()) {
      NDArray output = network.tail(alias(flow, scratch));
      watch.goesOn(arrays(flow), output, tensors(kept, scratch));
      output.attach(flow.input().getManager());
      return output;
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

  private static Collection<NDArray> tensors(NDManager kept, NDManager scratch) {
    return Stream.of(kept, scratch)
        .flatMap(manager -> ((BaseNDManager) manager).getManagedArrays().stream())
        .toList();
  }

  private static Collection<NDArray> arrays(Flow flow) {
    List<NDArray> arrays = new ArrayList<>(List.of(flow.input(), flow.skip(), flow.features()));
    arrays.addAll(flow.history());
    return arrays;
  }

  private static long bytes(Collection<NDArray> arrays) {
    return arrays.stream()
        .mapToLong(array -> array.size() * array.getDataType().getNumOfBytes())
        .sum();
  }
}
