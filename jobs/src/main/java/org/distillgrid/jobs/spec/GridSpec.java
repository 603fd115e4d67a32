package org.distillgrid.jobs.spec;

import java.util.List;
import java.util.function.UnaryOperator;
import org.distillgrid.jobs.spec.binding.Key;
import org.distillgrid.jobs.spec.binding.Naming;

/** The axes whose product is the set of trials, with what is added to it and taken out of it. */
public record GridSpec(
    @Key(
            help =
                "student models, names as in `distill-grid list students`; or keys, for one that has"
                    + " weights")
        List<StudentSpec> student,
    @Naming(Naming.Kind.BITS)
        @Key(help = "bit-widths: fp, or weights and activations as in w4a4", standard = "[fp]")
        List<String> bits,
    @Naming(Naming.Kind.QUANTIZER)
        @Key(help = "names of `distill-grid list quantizers`; not used by fp", standard = "[lsq]")
        List<String> quantizer,
    @Naming(Naming.Kind.METHOD)
        @Key(
            help =
                "names of `distill-grid list methods`, or sums of them as in spark+mipkd; a list in"
                    + " place of an option's value is tuned; `… as NAME` labels one for tables",
            standard = "[none]")
        List<String> method,
    @Key(help = "seeds of first values, batches and augmentations", standard = "[0]", least = 0)
        List<Long> seed,
    @Key(
            help = "cells beside the product; an axis that is not named takes all its values",
            standard = "[]")
        List<CellPattern> include,
    @Key(
            help =
                "cells taken out, after include: those, as `plan --trials` lists them, that match"
                    + " every axis named",
            standard = "[]")
        List<CellPattern> exclude,
    @Key(help = "how methods are tuned that have lists of values", standard = "{}") TuneSpec tune) {

  public GridSpec {
    student = List.copyOf(student);
    bits = List.copyOf(bits);
    quantizer = List.copyOf(quantizer);
    method = List.copyOf(method);
    seed = List.copyOf(seed);
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
  }

  /** Returns this grid with every method spelled another way. */
  public GridSpec withMethods(UnaryOperator<String> spelling) {
    return new GridSpec(
        student,
        bits,
        quantizer,
        method.stream().map(spelling).toList(),
        seed,
        include.stream().map(pattern -> pattern.withMethods(spelling)).toList(),
        exclude.stream().map(pattern -> pattern.withMethods(spelling)).toList(),
        tune);
  }
}
