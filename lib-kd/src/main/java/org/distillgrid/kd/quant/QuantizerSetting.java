package org.distillgrid.kd.quant;

import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.MatrixProduct;
import org.distillgrid.kd.nn.Multiplication;
import org.distillgrid.kd.nn.WeightedLayer;
import org.distillgrid.kd.registry.OptionText;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.registry.Registry;

/**
 * A quantiser's name, parsed: the family and what is chosen of it.
 *
 * @param family its rule
 * @param values its constants
 * @param flags the choices that the name carries
 */
public record QuantizerSetting(
    QuantizerFamily family, OptionValues values, Set<QuantizerFlag> flags) {
  public QuantizerSetting {
    EnumSet<QuantizerFlag> copy = EnumSet.noneOf(QuantizerFlag.class);
    copy.addAll(flags);
    flags = Collections.unmodifiableSet(copy);
  }

  /**
   * Parses a name such as {@code lsq} or {@code pams(rate=0.02)-pertensor}.
   *
   * @throws GridException if the family, an option or a flag is unknown or does not suit the family
   */
  public static QuantizerSetting parse(String text) {
    return parse(text, Quantizers.registry());
  }

  /**
   * Parses a name with given families.
   *
   * @throws GridException if the family, an option or a flag is unknown or does not suit the family
   */
  public static QuantizerSetting parse(String text, Registry<QuantizerFamily> families) {
    return QuantizerSyntax.parse(text, families);
  }

  /** Returns the one spelling that all names of this setting share. */
  public String canonical() {
    StringBuilder canonical =
        new StringBuilder(OptionText.canonical(family.name(), family.options(), values));
    flags.forEach(flag -> canonical.append('-').append(flag.text()));
    return canonical.toString();
  }

  /** Returns what it asks of a trial. */
  public QuantizerFamily.Kind kind() {
    return family.kind();
  }

  /** Returns the learning rate of what its quantisers learn, over that of the weights. */
  public double rateFactor() {
    return family.rateFactor(values);
  }

  /** Returns the share of a training's steps in which moving ranges move, 0 to 1. */
  double followedShare() {
    return family.followedShare(values);
  }

  /** Returns whether it is put into a multiplication at these bits. */
  boolean covers(Multiplication multiplication, Bits bits) {
    if (kind() == QuantizerFamily.Kind.FULL_PRECISION || bits.isFull()) {
      return false;
    }
    if (flags.contains(QuantizerFlag.ALL)) {
      return true;
    }
    if (multiplication instanceof MatrixProduct) {
      return flags.contains(QuantizerFlag.ATTENTION);
    }
    return switch (multiplication.role()) {
      case HEAD -> flags.contains(QuantizerFlag.HEAD);
      case BODY -> true;
      case UPSAMPLER -> flags.contains(QuantizerFlag.UPSAMPLER);
      case TAIL -> flags.contains(QuantizerFlag.TAIL);
    };
  }

  /**
   * Returns the bit-widths at which a multiplication runs. A product of two activations has those
   * of activations on both sides.
   */
  public Bits bits(Multiplication multiplication, Bits bits) {
    if (!covers(multiplication, bits)) {
      return Bits.FULL;
    }
    if (multiplication instanceof MatrixProduct) {
      return new Bits(bits.activation(), bits.activation());
    }
    return bits;
  }

  /** Returns a layer's weight as an operand. */
  Operand weight(WeightedLayer layer, int bits) {
    Shape scales = LayerShapes.perOutputChannel(layer);
    if (flags.contains(QuantizerFlag.PER_TENSOR)) {
      scales = new Shape(1);
    }
    return new Operand(layer.name() + ".weight", scales, InputRange.SIGNED, bits, symmetry());
  }

  /**
   * Returns an activation as an operand.
   *
   * @param part what it is of the multiplication: {@code input}, {@code left} or {@code right}
   */
  Operand activation(Multiplication multiplication, String part, InputRange range, int bits) {
    String name = multiplication.name() + "." + part;
    return new Operand(name, new Shape(1), range, bits, symmetry());
  }

  private Operand.Symmetry symmetry() {
    if (flags.contains(QuantizerFlag.SYMMETRIC)) {
      return Operand.Symmetry.SYMMETRIC;
    }
    return Operand.Symmetry.AFFINE;
  }
}
