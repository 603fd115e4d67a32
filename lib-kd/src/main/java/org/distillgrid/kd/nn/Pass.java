package org.distillgrid.kd.nn;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * One forward pass of a network over a batch.
 *
 * @param head the features that left the head
 * @param features the features after each segment, N×C×H×W
 * @param output the restored images in [0, 1], not clamped, N×C×H×W
 */
public record Pass(NDArray head, List<NDArray> features, NDArray output) {
  /** Runs a network from end to end. */
  public static Pass of(Architecture network, NDArray input) {
    Flow flow = network.head(input);
    NDArray head = flow.features();
    for (int k = 0; k < network.segments(); k++) {
      flow = network.segment(k, flow);
    }
    return new Pass(head, flow.history(), network.tail(flow));
  }
}
