package org.distillgrid.kd.distill.feature;

import java.util.Locale;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.registry.ValueOption;

/**
 * What distances of features are divided by, so that a weight means the same whether a teacher
 * works on [0, 1] or on [0, 255] inside.
 */
public enum FeatureScale {
  /** The greatest value of images inside the teacher. Known, scaled. */
  TEACHER {
    @Override
    public double of(Architecture teacher) {
      return teacher.range();
    }
  },
  /** Nothing, whatever the teacher. */
  ONE {
    @Override
    public double of(Architecture teacher) {
      return 1;
    }
  };

  private static final String KEY = "range";

  /** Returns the option that names it, which no method had in the first version. */
  public static ValueOption option() {
    String one = ONE.name().toLowerCase(Locale.ROOT);
    return ValueOption.choice(
            KEY,
            "what distances of features are divided by: the teacher's range inside, known,"
                + " scaled, or one",
            FeatureScale.class)
        .formerly(one);
  }

  /** Returns the one that a name sets. */
  public static FeatureScale of(OptionValues values) {
    return values.choice(KEY, FeatureScale.class);
  }

  /** Returns the divisor. */
  public abstract double of(Architecture teacher);
}
