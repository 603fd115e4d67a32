package org.distillgrid.kd.model;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * A network that a checkpoint may be one of.
 *
 * @param model its name, for instance {@code edsr-c64-b16}
 * @param target image channels and scale
 * @param unseen the keys of options that change no tensor's shape, so that a checkpoint alone
 *     cannot tell their values
 */
public record ModelGuess(String model, ModelTarget target, List<String> unseen) {
  public ModelGuess {
    unseen = List.copyOf(unseen);
  }

  /**
   * Returns a guess.
   *
   * @param unseen the keys of options that leave no trace in the shapes
   */
  public static ModelGuess of(String model, ModelTarget target, String... unseen) {
    return new ModelGuess(model, target, List.of(unseen));
  }

  /** Returns a guess for each scale of a family whose weights serve all of them. */
  static List<ModelGuess> everyScale(ModelFamily family, String model, int imageChannels) {
    return new TreeSet<>(family.scales())
        .stream().map(scale -> of(model, new ModelTarget(imageChannels, scale))).toList();
  }

  /** Returns a family's standard sizes for grey and RGB images and every scale. */
  static List<ModelGuess> standard(ModelFamily family) {
    List<ModelGuess> guesses = new ArrayList<>();
    for (int scale : new TreeSet<>(family.scales())) {
      guesses.add(of(family.name(), new ModelTarget(3, scale)));
      guesses.add(of(family.name(), new ModelTarget(1, scale)));
    }
    return guesses;
  }
}
