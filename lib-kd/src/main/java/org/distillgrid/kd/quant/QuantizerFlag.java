package org.distillgrid.kd.quant;

import java.util.Arrays;
import java.util.List;

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
  ATTENTION("attention", "the operands of attention's products are quantised too");

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

  static List<String> texts() {
    return Arrays.stream(values()).map(QuantizerFlag::text).toList();
  }
}
