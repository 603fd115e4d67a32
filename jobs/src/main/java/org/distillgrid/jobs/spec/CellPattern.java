package org.distillgrid.jobs.spec;

import java.util.List;
import java.util.function.UnaryOperator;
import org.distillgrid.jobs.spec.binding.Key;
import org.distillgrid.jobs.spec.binding.Naming;

/** Some cells of a grid: values by axis, where an axis without values is not named. */
public record CellPattern(
    @Naming(Naming.Kind.CELL_STUDENT) @Key(help = "student models", standard = "[]")
        List<String> student,
    @Naming(Naming.Kind.BITS) @Key(help = "bit-widths", standard = "[]") List<String> bits,
    @Naming(Naming.Kind.QUANTIZER) @Key(help = "quantizers", standard = "[]")
        List<String> quantizer,
    @Naming(Naming.Kind.CELL_METHOD) @Key(help = "methods", standard = "[]") List<String> method,
    @Key(help = "seeds", standard = "[]", least = 0) List<Long> seed) {

  public CellPattern {
    student = List.copyOf(student);
    bits = List.copyOf(bits);
    quantizer = List.copyOf(quantizer);
    method = List.copyOf(method);
    seed = List.copyOf(seed);
  }

  /** Returns this pattern with every method spelled another way. */
  CellPattern withMethods(UnaryOperator<String> spelling) {
    return new CellPattern(student, bits, quantizer, method.stream().map(spelling).toList(), seed);
  }
}
