package org.distillgrid.jobs.plan;

import java.util.List;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.CellPattern;
import org.distillgrid.kd.quant.Bits;
import org.distillgrid.kd.quant.QuantizerSetting;

/** One place of the grid, before or after it has been brought to the form that trials have. */
record Cell(String student, String bits, String quantizer, String method, long seed) {
  /** Drops what a cell's numbers do not depend on. */
  Cell canonical(Catalog catalog) {
    Bits parsed = Bits.parse(bits);
    if (parsed.isFull()) {
      return new Cell(student, parsed.toString(), Catalog.NO_QUANTIZER, method, seed);
    }
    QuantizerSetting setting = catalog.quantizer(quantizer);
    String effective =
        switch (setting.kind()) {
          case POST_TRAINING -> Catalog.NO_METHOD;
          case FULL_PRECISION, QUANTIZATION_AWARE -> method;
        };
    return new Cell(student, parsed.toString(), quantizer, effective, seed);
  }

  boolean matches(CellPattern pattern) {
    return matches(pattern.student(), student)
        && matches(pattern.bits(), bits)
        && matches(pattern.quantizer(), quantizer)
        && matches(pattern.method(), method)
        && matches(pattern.seed(), seed);
  }

  private static boolean matches(List<?> values, Object value) {
    return values.isEmpty() || values.contains(value);
  }
}
