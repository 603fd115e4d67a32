package org.distillgrid.kd.distill.mipkd;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.distillgrid.kd.distill.feature.FeatureSize;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.Flow;

/**
 * One network as features of a hybrid path enter and leave it. What its later parts read beside the
 * features (the head's output, a U-net's encoder, the outputs of all blocks) is that of its own
 * pass over the batch, but for what the hybrid path itself has left in it so far. Source:
 * reconstructed; the networks of the paper have nothing of the kind but the head's output.
 */
final class Strand {
  private final Architecture network;
  private final List<Integer> points;
  private final NDArray input;
  private final List<NDArray> history;
  private Flow start;

  /**
   * Makes a strand that no hybrid path has entered.
   *
   * @param points the segments after which it can be entered; the last one ends its trunk
   * @param input the batch
   * @param features of its own pass, after each segment, in the manager of the step
   */
  Strand(Architecture network, List<Integer> points, NDArray input, List<NDArray> features) {
    this.network = network;
    this.points = points;
    this.input = input;
    this.history = new ArrayList<>(features);
  }

  /**
   * Runs its part after a point.
   *
   * @param features what enters it there, of its width, brought to its size
   * @return the features at the next point, or the output after the last one
   */
  NDArray part(int point, NDArray features) {
    Flow flow = entered(point, features);
    if (point == points.size() - 1) {
      return network.tail(flow);
    }
    Flow left = through(flow, points.get(point + 1));
    for (int k = points.get(point); k < left.history().size(); k++) {
      history.set(k, left.history().get(k));
    }
    return left.features();
  }

  /**
   * Runs all of it after a point, and leaves nothing behind.
   *
   * @param features what enters it there, of its width, brought to its size
   * @return the output
   */
  NDArray rest(int point, NDArray features) {
    return network.tail(through(entered(point, features), network.segments() - 1));
  }

  private Flow entered(int point, NDArray features) {
    if (start == null) {
      start = network.head(input);
    }
    int segment = points.get(point);
    List<NDArray> before = List.copyOf(history.subList(0, segment));
    Flow flow = new Flow(start.input(), start.skip(), before, start.features());
    return flow.after(FeatureSize.like(history.get(segment), features));
  }

  private Flow through(Flow flow, int last) {
    Flow moving = flow;
    for (int segment = flow.history().size(); segment <= last; segment++) {
      moving = network.segment(segment, moving);
    }
    return moving;
  }
}
