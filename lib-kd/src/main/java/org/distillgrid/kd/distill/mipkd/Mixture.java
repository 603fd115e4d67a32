package org.distillgrid.kd.distill.mipkd;

import ai.djl.ndarray.NDArray;

/** The priors of both networks at one point of one step, mixed. */
final class Mixture {
  private final FeatureMixer mixer;
  private final Latents latents;
  private final NDArray mask;
  private final NDArray mixed;
  private NDArray enhanced;

  Mixture(FeatureMixer mixer, Latents latents, NDArray mask) {
    this.mixer = mixer;
    this.latents = latents;
    this.mask = mask;
    this.mixed = latents.mixed(mask);
  }

  /** Returns the mixture, under the same mask, with other features in the place of a network's. */
  Mixture with(Branch network, NDArray features) {
    Latents others =
        switch (network) {
          case STUDENT -> Latents.of(latents.teacher(), mixer.fromStudent().apply(features));
          case TEACHER -> new Latents(mixer.fromTeacher().apply(features), latents.student());
        };
    return new Mixture(mixer, others, mask);
  }

  /** Returns F̂, the enhanced features, of the teacher's shape. */
  NDArray enhanced() {
    // Computed once: the feature loss and the hybrid path read the same ones.
    if (enhanced == null) {
      enhanced = mixer.toTeacher().apply(mixed);
    }
    return enhanced;
  }

  /** Returns the teacher's features as they come back from the latent space. */
  NDArray autoencoded() {
    return mixer.toTeacher().apply(latents.teacher());
  }

  /** Returns the enhanced features in the width of the network that they enter. */
  NDArray entering(Branch network) {
    return switch (network) {
      case TEACHER -> enhanced();
      case STUDENT ->
          mixer.toStudent().map(decoder -> decoder.apply(mixed)).orElseGet(this::enhanced);
    };
  }
}
