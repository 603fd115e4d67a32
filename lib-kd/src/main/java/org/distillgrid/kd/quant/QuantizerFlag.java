package org.distillgrid.kd.quant;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A choice that a quantiser's name can carry: {@code minmax-pertensor-symmetric}. */
public enum QuantizerFlag {
  /** Weights share one scale instead of having one per output channel. */
  PER_TENSOR("pertensor", "one scale for a weight, not one per output channel"),
  /** Ranges have zero in their middle. */
  SYMMETRIC("symmetric", "ranges around zero, without a zero point (post-training rules)"),
  /** The first layer too. */
  HEAD("head", "the first layer is quantised too"),
  /** The layers that enlarge too. */
  UPSAMPLER("upsampler", "the layers that enlarge are quantised too"),
  /** The last layer too. */
  TAIL("tail", "the last layer is quantised too"),
  /** The products of attention too. */
  ATTENTION("attention", "the operands of attention's products are quantised too"),
  /** The whole network. */
  ALL("all", "the whole network: head, upsampler, tail and attention at once");

  /** What {@link #ALL} has in it. */
  private static final Set<QuantizerFlag> PARTS =
      Collections.unmodifiableSet(EnumSet.of(HEAD, UPSAMPLER, TAIL, ATTENTION));

  private final String text;
  private final String help;

  QuantizerFlag(String text, String help) {
    this.text = text;
    this.help = help;
  }

  /** Returns how a name spells it. */
  public String text() {
    return text;
  }

  /** Returns what it does. */
  public String help() {
    return help;
  }

  /** Returns those that {@link #ALL} makes idle. */
  static Set<QuantizerFlag> parts() {
    return PARTS;
  }

  static List<String> texts() {
    return Arrays.stream(values()).map(QuantizerFlag::text).toList();
  }
}
