package org.distillgrid.kd.nn;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;

/**
 * One batch on its way through a network.
 *
 * @param input what entered the head
 * @param skip what the tail adds or reads beside the features: the head's output in most networks
 * @param history the features after each segment so far, for tails that join them all
 * @param features what the next segment reads, N×C×H×W
 */
public record Flow(NDArray input, NDArray skip, List<NDArray> history, NDArray features) {
  /** Returns a flow that has just left the head. */
  public static Flow start(NDArray input, NDArray features) {
    return new Flow(input, features, List.of(), features);
  }

  /** Returns the flow after one more segment. */
  public Flow after(NDArray segmentOutput) {
    List<NDArray> longer = new ArrayList<>(history);
    longer.add(segmentOutput);
    return new Flow(input, skip, List.copyOf(longer), segmentOutput);
  }
}
