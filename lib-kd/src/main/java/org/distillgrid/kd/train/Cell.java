package org.distillgrid.kd.train;

import java.io.Serializable;
import org.distillgrid.kd.distill.MethodSum;
import org.distillgrid.kd.model.ModelName;
import org.distillgrid.kd.model.Models;
import org.distillgrid.kd.quant.Bits;
import org.distillgrid.kd.quant.QuantizerFamily;
import org.distillgrid.kd.quant.QuantizerSetting;

/**
 * One place of a grid, its names parsed: which student is trained how. It travels between processes
 * as the names are spelled, as what they stand for are services of each process's own.
 *
 * @param student the student, which keeps the spelling that its first values are drawn by
 * @param label what the grid calls its student, which tells students of one network apart; the
 *     student's own text where it has no label
 * @param bits its bit-widths
 * @param quantizer its quantiser; {@code fp} when nothing is quantised
 * @param method what it is taught by; {@code none} for nothing but the images
 * @param seed decides first values, batches and augmentations
 */
public record Cell(
    ModelName student,
    String label,
    Bits bits,
    QuantizerSetting quantizer,
    MethodSum method,
    long seed)
    implements Serializable {
  private static final String NO_QUANTIZER = "fp";
  private static final String NO_METHOD = "none";

  /** A cell whose student has no label. */
  public Cell(
      ModelName student, Bits bits, QuantizerSetting quantizer, MethodSum method, long seed) {
    this(student, student.text(), bits, quantizer, method, seed);
  }

  /**
   * Parses the names of a cell.
   *
   * @throws org.distillgrid.kd.error.GridException if one of them is unknown or cannot be read
   */
  public static Cell of(String student, String bits, String quantizer, String method, long seed) {
    return new Cell(
        ModelName.parse(student, Models.registry()),
        Bits.parse(bits),
        QuantizerSetting.parse(quantizer),
        MethodSum.parse(method),
        seed);
  }

  /** Returns the cell of a student at full precision that no teacher takes part in. */
  public static Cell fullPrecision(ModelName student, long seed) {
    return new Cell(
        student, Bits.FULL, QuantizerSetting.parse(NO_QUANTIZER), MethodSum.parse(NO_METHOD), seed);
  }

  /** Returns the same cell under another label. */
  public Cell labelled(String other) {
    return new Cell(student, other, bits, quantizer, method, seed);
  }

  /** Returns whether its student is given updates, and not only calibrated. */
  public boolean isTrained() {
    return quantizer.kind() != QuantizerFamily.Kind.POST_TRAINING;
  }

  /** Returns whether it is spelled as another one. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Cell cell && spelling().equals(cell.spelling());
  }

  @Override
  public int hashCode() {
    return spelling().hashCode();
  }

  /** Returns the cell in words, for instance {@code edsr-c16-b4 w4a4 lsq logits seed 0}. */
  @Override
  public String toString() {
    Spelling names = spelling();
    return String.join(
        " ", names.label, names.bits, names.quantizer, names.method, "seed", Long.toString(seed));
  }

  private Spelling spelling() {
    return new Spelling(
        student.text(), label, bits.toString(), quantizer.canonical(), method.canonical(), seed);
  }

  private Object writeReplace() {
    return spelling();
  }

  private record Spelling(
      String student, String label, String bits, String quantizer, String method, long seed)
      implements Serializable {
    private Object readResolve() {
      return of(student, bits, quantizer, method, seed).labelled(label);
    }
  }
}
