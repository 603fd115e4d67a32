package org.distillgrid.kd.distill.mipkd;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The block prior mixer: runs hybrids of both networks.
 *
 * @param mode which hybrids
 * @param routes which network's part follows a point
 */
record BlockMixer(Mode mode, Routes routes) {
  /** Which hybrids there are. */
  enum Mode {
    /** One path through both networks' parts, which are chosen anew at every point. */
    CHAIN,
    /** A path from every point to the end of one network. */
    PER_POINT
  }

  /** Returns the outputs of the hybrids of a step, N×C×H×W each. */
  List<NDArray> outputs(long step, List<Mixture> mixtures, PairedPasses passes) {
    Map<Branch, Strand> strands =
        Map.of(
            Branch.STUDENT, passes.studentStrand(),
            Branch.TEACHER, passes.teacherStrand());
    return switch (mode) {
      case CHAIN -> List.of(chain(step, mixtures, strands));
      case PER_POINT -> perPoint(step, mixtures, strands);
    };
  }

  // What arrives at a point takes the place of the features of the network that it comes from, so
  // that priors are mixed again at every point and nothing of the path before is lost.
  private NDArray chain(long step, List<Mixture> mixtures, Map<Branch, Strand> strands) {
    Branch next = routes.at(step, 0);
    NDArray left = strands.get(next).part(0, mixtures.get(0).entering(next));
    for (int k = 1; k < mixtures.size(); k++) {
      Mixture mixture = mixtures.get(k).with(next, left);
      next = routes.at(step, k);
      left = strands.get(next).part(k, mixture.entering(next));
    }
    return left;
  }

  private List<NDArray> perPoint(long step, List<Mixture> mixtures, Map<Branch, Strand> strands) {
    List<NDArray> outputs = new ArrayList<>();
    for (int k = 0; k < mixtures.size(); k++) {
      Branch next = routes.at(step, k);
      outputs.add(strands.get(next).rest(k, mixtures.get(k).entering(next)));
    }
    return outputs;
  }
}
