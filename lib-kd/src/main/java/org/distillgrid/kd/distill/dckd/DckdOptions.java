package org.distillgrid.kd.distill.dckd;

import java.util.ArrayList;
import java.util.List;
import org.distillgrid.kd.distill.DistillerContext;
import org.distillgrid.kd.distill.StudentCopies;
import org.distillgrid.kd.perceptual.PerceptualEncoder;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.registry.ValueOption;

/** The constants of DCKD that a name can set, and what they make. */
final class DckdOptions {
  private static final String LEVEL = "level";
  private static final String INTERVAL = "interval";
  private static final List<Double> LEVELS = List.of(1 / 32d, 1 / 16d, 1 / 8d, 1 / 4d, 1d);
  private static final List<Double> INTERVALS = List.of(0.004, 0.008, 0.012);

  private DckdOptions() {}

  static List<ValueOption> all() {
    List<ValueOption> options =
        new ArrayList<>(
            List.of(
                ValueOption.number("logits", "weight of L1(S, T); known", 1, 0, 1e6),
                ValueOption.number("contrastive", "weight of the ratio; known", 0.1, 0, 1e6),
                ValueOption.number(
                    "distribution", "weight of the cross-entropy; known", 0.001, 0, 1e6),
                ValueOption.choice(
                    "crossEntropy",
                    "of the distributions, or as the released code takes it, of their softmax;"
                        + " known",
                    DistributionMapping.Reading.class),
                ValueOption.number("epsilon", "added to each denominator; known", 1e-7, 0, 1),
                ValueOption.whole(
                    "negatives",
                    "images from the history student: of x and of noisy copies of x; known",
                    5,
                    1,
                    64),
                ValueOption.number("sigmaLeast", "least σ of the noise, of 255; known", 1, 0, 255),
                ValueOption.number(
                    "sigmaMost", "greatest σ of the noise, of 255; known", 30, 0, 255),
                ValueOption.number(
                    "grey", "probability of the same noise in all channels; known", 0.5, 0, 1),
                ValueOption.number(
                    "kept", "part of itself that the history student keeps; known", 0.1, 0, 1),
                ValueOption.number(
                    "stage",
                    "length of the first and second stage, of the run; known",
                    0.4,
                    0,
                    1)));
    for (int i = 0; i < INTERVALS.size(); i++) {
      String help = "between two of its moves in stage %d, of the run; known".formatted(i + 1);
      options.add(ValueOption.number(INTERVAL + (i + 1), help, INTERVALS.get(i), 0, 1));
    }
    for (int i = 0; i < PerceptualEncoder.LEVELS; i++) {
      String help = "λ of level %d of the encoder; known".formatted(i + 1);
      options.add(ValueOption.number(LEVEL + (i + 1), help, LEVELS.get(i), 0, 1e6));
    }
    return List.copyOf(options);
  }

  static DckdRatio ratio(OptionValues values) {
    return new DckdRatio(
        numbers(values, LEVEL, PerceptualEncoder.LEVELS), values.number("epsilon"));
  }

  static DckdDistiller.Weighted<DckdContrast> contrastive(
      OptionValues values, PerceptualEncoder encoder, DistillerContext context) {
    StudentCopies copies =
        context
            .copies()
            .orElseThrow(() -> new IllegalStateException("No copies of the student to train with"));
    DckdContrast term =
        new DckdContrast(
            encoder,
            ratio(values),
            noise(values),
            UpdateTimetable.of(
                context.steps(),
                values.number("stage"),
                numbers(values, INTERVAL, INTERVALS.size())),
            new HistoryStudent(copies, values.number("kept"), context.manager()),
            context.draws());
    return new DckdDistiller.Weighted<>(values.number("contrastive"), term);
  }

  private static NoisyCopies noise(OptionValues values) {
    return new NoisyCopies(
        values.whole("negatives") - 1,
        values.number("sigmaLeast"),
        values.number("sigmaMost"),
        values.number("grey"));
  }

  static DckdDistiller.Weighted<DistributionMapping> distribution(
      OptionValues values, PerceptualEncoder encoder, DistillerContext context) {
    DistributionMapping mapping =
        new DistributionMapping(
            encoder.codebook(),
            values.choice("crossEntropy", DistributionMapping.Reading.class),
            context.manager());
    return new DckdDistiller.Weighted<>(values.number("distribution"), mapping);
  }

  private static List<Double> numbers(OptionValues values, String key, int count) {
    List<Double> numbers = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      numbers.add(values.number(key + i));
    }
    return numbers;
  }
}
