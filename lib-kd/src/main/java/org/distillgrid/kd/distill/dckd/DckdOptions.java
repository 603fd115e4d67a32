package org.distillgrid.kd.distill.dckd;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.distillgrid.kd.distill.DistillerContext;
import org.distillgrid.kd.distill.StudentCopies;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.perceptual.PerceptualEncoder;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.registry.ValueOption;

/** The constants of DCKD that a name can set, and what they make. */
final class DckdOptions {
  private static final String LEVEL = "level";
  private static final String INTERVAL = "interval";
  private static final String UNIT = "unit";
  private static final List<Double> LEVELS = List.of(1 / 32d, 1 / 16d, 1 / 8d, 1 / 4d, 1d);
  // In time constants of the average, and what the first version had: parts of the run.
  private static final List<Double> INTERVALS = List.of(1d, 2d, 3d);
  private static final List<Double> FORMER_INTERVALS = List.of(0.004, 0.008, 0.012);

  /** From when on the history makes negatives. */
  private enum Start {
    /** The first step. */
    START,
    /** The end of the first interval. */
    LAG
  }

  private DckdOptions() {}

  static List<ValueOption> all() {
    return Stream.of(ofTerms(), ofNegatives(), ofHistory(), ofLevels())
        .flatMap(List::stream)
        .toList();
  }

  private static List<ValueOption> ofTerms() {
    return List.of(
        ValueOption.number("logits", "weight of L1(S, T); known", 1, 0, 1e6),
        ValueOption.number("contrastive", "weight of the ratio; known", 0.1, 0, 1e6),
        ValueOption.number("distribution", "weight of the cross-entropy; known", 0.001, 0, 1e6),
        ValueOption.choice(
                "crossEntropy",
                "of the distributions' softmax, as the released code takes it, or of themselves,"
                    + " as the paper; both known",
                DistributionMapping.Reading.class)
            .formerly("paper"),
        ValueOption.number("epsilon", "added to each denominator; known", 1e-7, 0, 1),
        ValueOption.choice(
            "input",
            "how images enter the encoder: in [0, 1] as in the released code, known, or in"
                + " [−1, 1], on which VQGAN was trained",
            EncoderInput.class));
  }

  private static List<ValueOption> ofNegatives() {
    return List.of(
        ValueOption.whole(
            "negatives",
            "images from the history student: of x and of noisy copies of x; known",
            5,
            1,
            64),
        ValueOption.number("sigmaLeast", "least σ of the noise, of 255; known", 1, 0, 255),
        ValueOption.number("sigmaMost", "greatest σ of the noise, of 255; known", 30, 0, 255),
        ValueOption.number(
            "grey", "probability of the same noise in all channels; known", 0.5, 0, 1));
  }

  private static List<ValueOption> ofHistory() {
    List<ValueOption> options =
        new ArrayList<>(
            List.of(
                ValueOption.number(
                    "kept", "part of itself that the history student keeps; known", 0.1, 0, 1),
                ValueOption.choice(
                    "source",
                    "what it moves to: the student's average, as the released code, or the"
                        + " student, as the paper; both known",
                    HistoryStudent.Source.class),
                ValueOption.choice(
                    "history",
                    "whether it makes negatives from the start on, known, or, for students that"
                        + " start trained, after the first interval; ours",
                    Start.class),
                ValueOption.choice(
                        UNIT,
                        "what intervals are multiples of: the average's time constant or the run;"
                            + " reconstructed",
                        UpdateTimetable.Unit.class)
                    .formerly("run"),
                ValueOption.number(
                        "stage",
                        "length of the first and second stage, of the run; reconstructed",
                        1 / 3d,
                        0,
                        1)
                    .formerly(0.4)));
    for (int i = 0; i < INTERVALS.size(); i++) {
      String help = "between two of its moves in stage %d, in that unit; known".formatted(i + 1);
      options.add(
          ValueOption.number(INTERVAL + (i + 1), help, INTERVALS.get(i), 0, 1000)
              .formerly(FORMER_INTERVALS.get(i)));
    }
    return options;
  }

  private static List<ValueOption> ofLevels() {
    List<ValueOption> options = new ArrayList<>();
    for (int i = 0; i < PerceptualEncoder.LEVELS; i++) {
      String help = "λ of level %d of the encoder; known".formatted(i + 1);
      options.add(ValueOption.number(LEVEL + (i + 1), help, LEVELS.get(i), 0, 1e6));
    }
    return options;
  }

  /**
   * Checks what each option allows by itself.
   *
   * @throws GridException if intervals do not go with their unit
   */
  static void check(OptionValues values) {
    UpdateTimetable.Unit unit = values.choice(UNIT, UpdateTimetable.Unit.class);
    for (double interval : numbers(values, INTERVAL, INTERVALS.size())) {
      boolean fits =
          switch (unit) {
            case EMA -> interval >= 1;
            case RUN -> interval <= 1;
          };
      if (!fits) {
        throw GridException.of(
            ErrorCode.USAGE,
            "Cannot use method dckd: with unit=ema an interval is 1 time constant or more, with"
                + " unit=run a part of the run, not %s",
            ValueOption.text(interval));
      }
    }
  }

  static DckdRatio ratio(OptionValues values) {
    return new DckdRatio(
        numbers(values, LEVEL, PerceptualEncoder.LEVELS), values.number("epsilon"));
  }

  /** Returns the encoder as it is given images in [0, 1]. */
  static PerceptualEncoder encoder(OptionValues values, PerceptualEncoder encoder) {
    return values.choice("input", EncoderInput.class).before(encoder);
  }

  static DckdDistiller.Weighted<DckdContrast> contrastive(
      OptionValues values, PerceptualEncoder encoder, DistillerContext context) {
    StudentCopies copies =
        context
            .copies()
            .orElseThrow(() -> new IllegalStateException("No copies of the student to train with"));
    HistoryStudent.Source source = values.choice("source", HistoryStudent.Source.class);
    UpdateTimetable timetable =
        UpdateTimetable.of(
            context.steps(),
            values.number("stage"),
            values.choice(UNIT, UpdateTimetable.Unit.class),
            copies.decay(),
            numbers(values, INTERVAL, INTERVALS.size()));
    long start =
        switch (values.choice("history", Start.class)) {
          case START -> 0;
          case LAG -> timetable.first();
        };
    DckdContrast term =
        new DckdContrast(
            encoder,
            ratio(values),
            noise(values),
            timetable,
            new HistoryStudent(copies, source, values.number("kept"), context.manager()),
            start,
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
