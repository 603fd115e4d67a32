package org.distillgrid.kd.nn;

import ai.djl.ndarray.NDArray;

/**
 * A network as {@code head → segment₀ … segmentₖ₋₁ → tail}. Whoever taps or mixes features knows
 * this shape and nothing else of a network.
 */
public interface Architecture {
  /** Starts a flow from inputs in [0, 1], N×C×H×W. */
  Flow head(NDArray input);

  /** Returns how many segments the trunk has. */
  int segments();

  /** Runs one segment of the trunk. */
  Flow segment(int index, Flow flow);

  /** Turns the features of the last segment into outputs in [0, 1], not clamped. */
  NDArray tail(Flow flow);

  /**
   * Returns the features that are behind the long skip, before whatever enlarges them: what the
   * tail makes first of those of the last segment. A network without such a skip has none but
   * these.
   *
   * @param flow after the last segment
   */
  default NDArray joined(Flow flow) {
    return flow.features();
  }

  /**
   * Does what is left of the tail.
   *
   * @param flow after the last segment
   * @param joined what {@link #joined} has made of it
   */
  default NDArray output(Flow flow, NDArray joined) {
    return tail(flow);
  }

  /** Returns the greatest value of images inside, 1 or 255; features are as large in proportion. */
  default double range() {
    return 1;
  }

  /** Returns the channels of the features after a segment. */
  int width(int segment);

  /**
   * Returns this network for passes that are not its own over a batch, with features of another
   * network say: the same parameters, but what it observes while it trains, running statistics for
   * instance, stays as it is. A network that observes nothing is itself.
   */
  default Architecture unobserved() {
    return this;
  }
}
