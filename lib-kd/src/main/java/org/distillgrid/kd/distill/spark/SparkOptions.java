package org.distillgrid.kd.distill.spark;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.distillgrid.kd.distill.DistillerContext;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.registry.ValueOption;

/** The constants of SPARK that a name can set, and what they make. All are reconstructed. */
final class SparkOptions {
  private static final String NOTHING = "none";

  /** What a cell's weight is drawn from. */
  private enum CellWeight {
    NORMAL,
    LOGNORMAL,
    BETA,
    BERNOULLI
  }

  /** What the policy is paid for. */
  private enum Payment {
    PSNR,
    L1,
    SPATIAL,
    EMA
  }

  private SparkOptions() {}

  static List<ValueOption> all() {
    return List.of(
        ValueOption.number(
            Spark.WEIGHT, "weight λ of the term that W weights; reconstructed", 1, 0, 1e6),
        ValueOption.choice(
            "map", "distribution of a cell's weight; reconstructed", CellWeight.class),
        ValueOption.choice(
            "reward",
            "what the policy is paid for: gain of PSNR, of relative L1, of that per cell, or, with"
                + " no forward pass more, a loss below its running mean; reconstructed",
            Payment.class),
        ValueOption.choice("control", "what stands in for the policy's maps", Control.class),
        ValueOption.choice("without", "the signal that is left out", signals()),
        ValueOption.whole("grid", "cells along each side of a map; second-hand", 8, 1, 64),
        ValueOption.whole("width", "channels of the policy's layers; reconstructed", 16, 1, 256),
        ValueOption.number(
            "low", "least weight before normalisation; reconstructed", 0.25, 0.01, 1),
        ValueOption.number(
            "range", "greatest weight less the least; reconstructed", 1.5, 0.01, 100),
        ValueOption.number(
            "sigma", "first σ, brought into its bounds; reconstructed", 0.5, 0.001, 1),
        ValueOption.number("sigmaLeast", "least σ; reconstructed", 0.05, 0.001, 0.5),
        ValueOption.number("sigmaMost", "greatest σ; reconstructed", 1, 0.5, 1),
        ValueOption.number("rate", "Adam's rate of the policy; reconstructed", 1e-4, 0, 1),
        ValueOption.number("entropy", "weight of the entropy; reconstructed", 0.01, 0, 100),
        ValueOption.number(
            "decay", "of the running mean and variance of rewards; reconstructed", 0.9, 0, 0.9999),
        ValueOption.number("clip", "greatest |advantage|; reconstructed", 3, 0.01, 1000),
        ValueOption.number("norm", "greatest norm of the gradient; reconstructed", 1, 1e-6, 1e6),
        ValueOption.number(
            "warmup", "part of the steps at the start with W = 1; reconstructed", 0.1, 0, 1),
        ValueOption.whole(
            "warmupMost", "most steps at the start with W = 1; reconstructed", 1000, 0, 10_000_000),
        ValueOption.number(
            "freeze",
            "part of the steps after which the controls mean and frozen stop learning;"
                + " reconstructed",
            0.5,
            0,
            1));
  }

  static MapDistribution distribution(OptionValues values) {
    WeightRange range = range(values);
    return switch (values.choice("map", CellWeight.class)) {
      case NORMAL -> new SquashedNormal(range);
      case LOGNORMAL -> new LogNormal();
      case BETA -> new SquashedBeta(range);
      case BERNOULLI -> new TwoLevels(range);
    };
  }

  static WeightRange range(OptionValues values) {
    return new WeightRange(values.number("low"), values.number("range"));
  }

  static Reward reward(OptionValues values, DistillerContext context) {
    return switch (values.choice("reward", Payment.class)) {
      case PSNR -> new GainReward(context.student(), Gain.PSNR, values.whole("grid"));
      case L1 -> new GainReward(context.student(), Gain.RELATIVE_L1, values.whole("grid"));
      case SPATIAL -> new GainReward(context.student(), Gain.SPATIAL_L1, values.whole("grid"));
      case EMA -> new TrendReward(values.number("decay"), context.manager());
    };
  }

  static Timetable timetable(OptionValues values, long steps) {
    long part = Math.round(values.number("warmup") * (double) steps);
    return new Timetable(
        values.choice("control", Control.class),
        Math.min(values.whole("warmupMost"), part),
        Math.round(values.number("freeze") * (double) steps));
  }

  /** Returns the signals that the policy sees. */
  static List<Signal> signals(OptionValues values) {
    return Arrays.stream(Signal.values())
        .filter(signal -> !signal.word().equals(values.word("without")))
        .toList();
  }

  private static String[] signals() {
    return Stream.concat(Stream.of(NOTHING), Signal.words().stream()).toArray(String[]::new);
  }
}
