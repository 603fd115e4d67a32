package org.distillgrid.kd.train.encoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.SortedMap;
import org.apache.commons.rng.UniformRandomProvider;
import org.distillgrid.kd.nn.FlatTensors;
import org.distillgrid.kd.nn.GradientMode;
import org.distillgrid.kd.nn.HostValues;
import org.distillgrid.kd.nn.Parameter;
import org.distillgrid.kd.perceptual.VqAutoEncoder;
import org.distillgrid.kd.quant.CodebookLookup;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.weights.HostTensor;

/**
 * The codebook of an encoder in training. Its first entries are latents of the first batch; in the
 * first half of the steps, entries that no latent has been nearest to for a while become latents of
 * the batch at hand, so that the codebook does not collapse to a few. *Reconstructed*.
 */
final class Codebook {
  private static final long REVIVE_EVERY = 100;
  private static final String USES = "codebook.uses";

  private final VqAutoEncoder network;
  private final Parameter entries;
  private final Draws draws;
  private final long steps;
  private final NDArray uses;

  /**
   * Looks after a network's codebook.
   *
   * @param steps of the training
   * @param manager owns the counts
   */
  Codebook(VqAutoEncoder network, Draws draws, long steps, NDManager manager) {
    this.network = network;
    this.entries = network.codebook();
    this.draws = draws;
    this.steps = steps;
    this.uses = manager.zeros(new Shape(entries.shape().get(0)));
  }

  /** Looks latents up, in their manager. */
  CodebookLookup lookUp(NDArray latent, double beta) {
    return CodebookLookup.of(latent, entries.in(latent.getManager()), beta);
  }

  /** Takes note of which entries a step used. */
  void count(CodebookLookup lookup) {
    uses.addi(lookup.uses());
  }

  /** Returns how many entries were used since entries were last made anew. */
  double used() {
    try (NDManager scratch = uses.getManager().newSubManager()) {
      NDArray some = uses.gt(0);
      some.attach(scratch);
      NDArray count = some.countNonzero();
      count.attach(scratch);
      return (double) HostValues.whole(count);
    }
  }

  /** Makes entries anew before a step, if it is time to. */
  void prepare(long step, NDArray images) {
    if (step == 0 || (step % REVIVE_EVERY == 0 && step <= steps / 2)) {
      NDArray latent = GradientMode.off(() -> network.latent(images));
      revive(step, HostValues.of(latent.transpose(0, 2, 3, 1)));
    }
  }

  private void revive(long step, float[] latents) {
    UniformRandomProvider chosen = draws.at(step, "revived entries");
    int width = Math.toIntExact(entries.shape().get(1));
    float[] counts = HostValues.of(uses);
    float[] values = HostValues.of(network.parameters().flat());
    int offset = offset();
    for (int entry = 0; entry < counts.length; entry++) {
      // Drawn for living entries too: what one entry gets does not depend on the others.
      int place = chosen.nextInt(latents.length / width);
      if (counts[entry] == 0) {
        System.arraycopy(latents, place * width, values, offset + entry * width, width);
      }
    }
    network.parameters().overwrite(values);
    uses.subi(uses);
  }

  private int offset() {
    long offset = 0;
    for (Parameter parameter : network.parameters().all()) {
      if (parameter == entries) {
        return Math.toIntExact(offset);
      }
      offset += parameter.shape().size();
    }
    throw new IllegalStateException("The codebook is none of the parameters");
  }

  void export(SortedMap<String, HostTensor> into) {
    into.put(USES, FlatTensors.export(uses));
  }

  void restore(SortedMap<String, HostTensor> from) {
    FlatTensors.restore(uses, from.get(USES));
  }
}
