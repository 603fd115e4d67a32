package org.distillgrid.kd.distill.mipkd;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import org.distillgrid.kd.distill.Distiller;
import org.distillgrid.kd.distill.Logits;
import org.distillgrid.kd.distill.LossTerms;
import org.distillgrid.kd.distill.StepTensors;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.nn.Scaled;

/**
 * {@link Mipkd} at work on one student. A term without a weight is not computed.
 *
 * @param weights of the terms
 * @param pair the networks
 * @param mixers one for each point, none where nothing is mixed
 * @param masks what the mixers take of which network
 * @param blocks runs the hybrids
 * @param trainedWithStudent the mixers' parameters
 */
record MipkdDistiller(
    Weights weights,
    NetworkPair pair,
    List<FeatureMixer> mixers,
    Masks masks,
    BlockMixer blocks,
    List<ParameterSet> trainedWithStudent)
    implements Distiller {

  /**
   * The weights of the terms beside L1(S, Y).
   *
   * @param logits of L1(S, T)
   * @param feature of the enhanced features' distance to the teacher's
   * @param autoencoder of the loss of the teacher's features in the latent space
   * @param block of the hybrids' distance to T
   */
  record Weights(double logits, double feature, double autoencoder, double block) {
    /** Returns whether any term needs a mixer. */
    boolean mix() {
      return feature > 0 || autoencoder > 0 || block > 0;
    }
  }

  MipkdDistiller {
    mixers = List.copyOf(mixers);
    trainedWithStudent = List.copyOf(trainedWithStudent);
  }

  @Override
  public LossTerms loss(StepTensors tensors) {
    LossTerms outputs = LossTerms.of("pixel", tensors.pixelLoss());
    if (weights.logits() > 0) {
      outputs = outputs.andPixelwise("logits", Logits.map(tensors, weights.logits()));
    }
    if (mixers.isEmpty()) {
      return outputs;
    }
    return mixedTerms(tensors, outputs);
  }

  private LossTerms mixedTerms(StepTensors tensors, LossTerms outputs) {
    PairedPasses passes = pair.passes(tensors);
    List<Mixture> mixtures = mixtures(tensors.step(), passes);
    LossTerms terms = outputs;
    if (weights.feature() > 0) {
      List<NDArray> enhanced = mixtures.stream().map(Mixture::enhanced).toList();
      terms = terms.and("mipkd_feature", distance(weights.feature(), enhanced, passes));
    }
    if (weights.autoencoder() > 0) {
      List<NDArray> returned = mixtures.stream().map(Mixture::autoencoded).toList();
      terms = terms.and("mipkd_autoencoder", distance(weights.autoencoder(), returned, passes));
    }
    if (weights.block() > 0) {
      List<NDArray> hybrids = blocks.outputs(tensors.step(), mixtures, passes);
      terms =
          terms.andPixelwise(
              "mipkd_block", weights.block() / hybrids.size(), gaps(hybrids, tensors));
    }
    return terms;
  }

  private List<Mixture> mixtures(long step, PairedPasses passes) {
    List<Mixture> mixtures = new ArrayList<>();
    for (int k = 0; k < mixers.size(); k++) {
      FeatureMixer mixer = mixers.get(k);
      Latents latents = mixer.latents(passes.teacherAt(k), passes.studentAt(k));
      mixtures.add(new Mixture(mixer, latents, masks.at(step, k, latents)));
    }
    return mixtures;
  }

  private static NDArray distance(double weight, List<NDArray> features, PairedPasses passes) {
    List<NDArray> distances = new ArrayList<>();
    for (int k = 0; k < features.size(); k++) {
      distances.add(features.get(k).sub(passes.teacherAt(k)).abs().mean());
    }
    return Scaled.by(weight, distances.stream().reduce(NDArray::add).orElseThrow());
  }

  // Pixel by pixel, as L1(S, T) is: another method may weight it in space.
  private static List<NDArray> gaps(List<NDArray> hybrids, StepTensors tensors) {
    NDArray taught = tensors.teacherOutput();
    return hybrids.stream().map(hybrid -> hybrid.sub(taught).abs()).toList();
  }
}
