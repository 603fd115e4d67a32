package org.distillgrid.jobs.plan;

import java.util.List;
import java.util.Locale;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.CellPattern;
import org.distillgrid.jobs.spec.GridSpec;
import org.distillgrid.jobs.spec.StudentSpec;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.quant.Bits;
import org.distillgrid.kd.train.Cell;

/** One axis of a grid; they stand from the outermost of the product to the innermost. */
enum Axis {
  /** Which network is trained. */
  STUDENT,
  /** At how many bits. */
  BITS,
  /** By which quantiser. */
  QUANTIZER,
  /** Taught by which method. */
  METHOD,
  /** From which draws. */
  SEED;

  /** Returns its key, in a grid as in a pattern. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the values that a grid gives it. */
  List<String> values(GridSpec grid) {
    return switch (this) {
      case STUDENT -> grid.student().stream().map(StudentSpec::label).toList();
      case BITS -> grid.bits();
      case QUANTIZER -> grid.quantizer();
      case METHOD -> grid.method();
      case SEED -> texts(grid.seed());
    };
  }

  /** Returns the values that a pattern names; none where it does not name the axis. */
  List<String> values(CellPattern pattern) {
    return switch (this) {
      case STUDENT -> pattern.student();
      case BITS -> pattern.bits();
      case QUANTIZER -> pattern.quantizer();
      case METHOD -> pattern.method();
      case SEED -> texts(pattern.seed());
    };
  }

  /** Returns the value of a cell as tables show it. */
  String of(Cell cell) {
    return switch (this) {
      case STUDENT -> cell.label();
      case BITS -> cell.bits().toString();
      case QUANTIZER -> cell.quantizer().canonical();
      case METHOD -> cell.method().canonical();
      case SEED -> Long.toString(cell.seed());
    };
  }

  /**
   * Returns the one spelling of a value.
   *
   * @throws GridException if the catalog has no such thing
   */
  String canonical(String value, Catalog catalog) {
    return switch (this) {
      case STUDENT -> catalog.model(value).canonical();
      case BITS -> Bits.parse(value).toString();
      case QUANTIZER -> catalog.quantizer(value).canonical();
      case METHOD -> GridMethod.parse(value, catalog).spelling();
      case SEED -> value;
    };
  }

  /** Returns a pattern's value as a cell would show it; what no cell can have stays as it is. */
  String shown(String value, Catalog catalog) {
    return switch (this) {
      case QUANTIZER -> canonicalOrAsIs(value, catalog);
      case STUDENT, BITS, METHOD, SEED -> value;
    };
  }

  private String canonicalOrAsIs(String value, Catalog catalog) {
    try {
      return canonical(value, catalog);
    } catch (GridException e) {
      return value;
    }
  }

  private static List<String> texts(List<Long> values) {
    return values.stream().map(String::valueOf).toList();
  }
}
