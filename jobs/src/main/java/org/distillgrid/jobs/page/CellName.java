package org.distillgrid.jobs.page;

import java.util.Comparator;
import org.apache.spark.sql.Row;
import org.distillgrid.kd.quant.Bits;

/**
 * A cell of the grid, over its seeds, as tables name it.
 *
 * @param student the student's label
 * @param method the method's label
 */
record CellName(String student, String bits, String quantizer, String method) {
  /** From full precision to the fewest bits. */
  static final Comparator<String> BITS =
      Comparator.comparing((String bits) -> -Bits.parse(bits).weight())
          .thenComparing(bits -> -Bits.parse(bits).activation());

  /** Students and quantisers by name, bits falling, then methods, none before all others. */
  static final Comparator<CellName> ORDER =
      Comparator.comparing(CellName::student)
          .thenComparing(CellName::bits, BITS)
          .thenComparing(CellName::quantizer)
          .thenComparing(cell -> !cell.method.equals("none"))
          .thenComparing(CellName::method);

  /** Reads it from columns {@code student_label, bits, quantizer} and {@code label}. */
  static CellName of(Row row) {
    return new CellName(
        row.getAs("student_label"), row.getAs("bits"), row.getAs("quantizer"), row.getAs("label"));
  }
}
