package org.distillgrid.kd.nn;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * One forward pass of a network over a batch.
 *
 * @param head the features that left the head
 * @param features the features after each segment, N×C×H×W
 * @param joined the features behind the long skip, see {@link Architecture#joined}
 * @param output the restored images in [0, 1], not clamped, N×C×H×W
 */
public record Pass(NDArray head, List<NDArray> features, NDArray joined, NDArray output) {
  /** The pass of a network without a long skip. */
  public Pass(NDArray head, List<NDArray> features, NDArray output) {
    this(head, features, last(head, features), output);
  }

  /** Runs a network from end to end. */
  public static Pass of(Architecture network, NDArray input) {
    Flow flow = network.head(input);
    NDArray head = flow.features();
    for (int k = 0; k < network.segments(); k++) {
      flow = network.segment(k, flow);
    }
    NDArray joined = network.joined(flow);
    return new Pass(head, flow.history(), joined, network.output(flow, joined));
  }

  private static NDArray last(NDArray head, List<NDArray> features) {
    if (features.isEmpty()) {
      return head;
    }
    return features.get(features.size() - 1);
  }
}
