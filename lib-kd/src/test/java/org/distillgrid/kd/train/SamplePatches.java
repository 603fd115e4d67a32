package org.distillgrid.kd.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.NormalizedGaussianSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.distillgrid.kd.eval.ImageFolder;
import org.distillgrid.kd.image.Channels;
import org.distillgrid.kd.image.ImageReader;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.task.SuperResolution;
import org.distillgrid.kd.train.patches.PatchSource;

/**
 * Patches of the repository's photographs, cut at random places.
 *
 * @param folder {@code train} or {@code test}
 * @param each patches of each photograph
 * @param side pixels along a side of the input
 */
record SamplePatches(String folder, int each, int side) {
  private static final double SIGMA = 25;

  /** Returns pairs whose inputs are made small as super-resolution does. */
  PatchSource small(int scale) {
    return source(scale, target -> new SuperResolution(scale).degrade(target));
  }

  /** Returns pairs of one size whose inputs carry white noise. */
  PatchSource noisy() {
    UniformRandomProvider draws = Draws.of("noise").at(0, folder);
    NormalizedGaussianSampler noise = ZigguratSampler.NormalizedGaussian.of(draws);
    return source(1, target -> noisy(target, noise));
  }

  private PatchSource source(int scale, UnaryOperator<PlanarImage> degradation) {
    List<PatchSource.Pair> pairs = new ArrayList<>();
    for (PlanarImage target : targets(side * scale)) {
      pairs.add(new PatchSource.Pair(degradation.apply(target), target));
    }
    return Cohorts.source(pairs);
  }

  private List<PlanarImage> targets(int size) {
    UniformRandomProvider places = Draws.of("places").at(0, folder);
    ImageReader reader = ImageReader.bounded(1_000_000);
    List<PlanarImage> targets = new ArrayList<>();
    for (Path file : ImageFolder.images(Path.of("..", "data", "sample", folder)).values()) {
      PlanarImage image = Channels.RGB.of(reader.read(file));
      for (int i = 0; i < each; i++) {
        int row = places.nextInt(image.height() - size + 1);
        int column = places.nextInt(image.width() - size + 1);
        targets.add(image.crop(row, column, size, size));
      }
    }
    return targets;
  }

  private static PlanarImage noisy(PlanarImage clean, NormalizedGaussianSampler noise) {
    byte[] samples = clean.samples().clone();
    for (int i = 0; i < samples.length; i++) {
      long value = Math.round((samples[i] & 0xff) + SIGMA * noise.sample());
      samples[i] = (byte) Math.max(0, Math.min(255, value));
    }
    return new PlanarImage(clean.channels(), clean.height(), clean.width(), samples);
  }
}
