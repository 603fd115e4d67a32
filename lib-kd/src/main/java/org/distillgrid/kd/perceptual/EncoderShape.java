package org.distillgrid.kd.perceptual;

import java.util.List;
import java.util.Map;

/**
 * The sizes of a {@link VqEncoder}.
 *
 * @param widths channels of each of the five levels, finest first
 * @param blocks residual blocks a level
 * @param groups into which channels fall where they are normalised
 * @param attention indices of the levels whose blocks are followed by attention
 * @param latent channels that leave the convolutions
 * @param embedding length of a codebook's entry
 * @param entries how many entries the codebook has
 */
public record EncoderShape(
    List<Integer> widths,
    int blocks,
    int groups,
    List<Integer> attention,
    int latent,
    int embedding,
    int entries) {

  /** The groups of every VQGAN that was released; no file states them. */
  public static final int RELEASED_GROUPS = 32;

  public EncoderShape {
    widths = List.copyOf(widths);
    attention = List.copyOf(attention);
    if (widths.size() != PerceptualEncoder.LEVELS
        || widths.stream().anyMatch(width -> width % groups != 0)) {
      throw new IllegalArgumentException("No shape of an encoder: " + widths + " by " + groups);
    }
  }

  /**
   * Returns the VQGAN f16 with 1024 entries that was trained on ImageNet. Source: Esser et al.,
   * Taming transformers, CVPR 2021, and its released configuration. *Known*.
   */
  static EncoderShape f16() {
    List<Integer> widths = List.of(128, 128, 256, 256, 512);
    return new EncoderShape(widths, 2, RELEASED_GROUPS, List.of(4), 256, 256, 1024);
  }

  /** Returns the narrow one that is trained where no file is given. *Reconstructed*. */
  public static EncoderShape small() {
    return new EncoderShape(List.of(16, 16, 32, 32, 64), 1, 8, List.of(), 32, 32, 256);
  }

  /** Returns it in words that no other shape has. */
  public String canonical() {
    return "vq-w%s-b%d-g%d-a%s-l%d-d%d-n%d"
        .formatted(joined(widths), blocks, groups, joined(attention), latent, embedding, entries);
  }

  /** Returns what a checkpoint says of it beside its tensors. */
  Map<String, String> metadata() {
    return Map.of("encoder", canonical(), EncoderGuess.GROUPS_KEY, Integer.toString(groups));
  }

  private static String joined(List<Integer> numbers) {
    return String.join("x", numbers.stream().map(String::valueOf).toList());
  }
}
