package org.distillgrid.kd.distill.spark;

import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.distillgrid.kd.distill.DistillerContext;
import org.distillgrid.kd.distill.spark.map.ClampedNormal;
import org.distillgrid.kd.distill.spark.map.LogNormal;
import org.distillgrid.kd.distill.spark.map.MapDistribution;
import org.distillgrid.kd.distill.spark.map.SquashedBeta;
import org.distillgrid.kd.distill.spark.map.SquashedNormal;
import org.distillgrid.kd.distill.spark.map.TwoLevels;
import org.distillgrid.kd.distill.spark.map.WeightRange;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.registry.ValueOption;

/** The constants of SPARK that a name can set, and what they make. */
final class SparkOptions {
  static final String WEIGHT = "weight";
  static final String LOSS = "loss";
  static final String RANGE = "range";

  private static final String NOTHING = "none";
  private static final String PUBLISHED_RANGE = "255";
  private static final float LEAST_OF_A_MEAN = 0.01f;

  /** What is averaged of the difference of student and teacher. */
  enum Gap {
    MSE,
    L1
  }

  /** What a cell's weight is drawn from. */
  private enum CellWeight {
    GAUSSIAN,
    NORMAL,
    LOGNORMAL,
    BETA,
    BERNOULLI
  }

  /** What the policy is paid for. */
  private enum Payment {
    COUNTERFACTUAL,
    PSNR,
    L1,
    SPATIAL,
    CELLS,
    EMA
  }

  /** What is taken off a reward before the policy learns by it. */
  private enum Expected {
    MEAN,
    VALUE
  }

  private SparkOptions() {}

  static List<ValueOption> all() {
    return Stream.concat(ofLoss().stream(), ofPolicy().stream()).toList();
  }

  private static List<ValueOption> ofLoss() {
    return List.of(
        ValueOption.number(WEIGHT, "weight of the term that W weights; known", 1, 0, 1e6),
        ValueOption.choice(LOSS, "what W weights of S − T; mse known", Gap.class).formerly("l1"),
        ValueOption.choice(
            RANGE,
            "greatest value of the images in mse, which l1 does not depend on; reconstructed",
            PUBLISHED_RANGE,
            "1"),
        ValueOption.choice(
                "map",
                "distribution of a cell's weight; gaussian known, the others reconstructed",
                CellWeight.class)
            .formerly("normal"),
        ValueOption.choice(
                "normalise",
                "what is made of a map: nothing, known, or over its mean, reconstructed",
                Normalisation.class)
            .formerly("mean"),
        ValueOption.number(
            "low", "least weight of normal, beta and bernoulli; reconstructed", 0.25, 0.01, 1),
        ValueOption.number(
            "span", "their greatest weight less the least; reconstructed", 1.5, 0.01, 100),
        ValueOption.choice("control", "what stands in for the policy's maps", Control.class),
        ValueOption.choice("without", "the signal that is left out", signals()),
        ValueOption.whole("grid", "cells along each side of a map; known", 8, 1, 64));
  }

  private static List<ValueOption> ofPolicy() {
    return List.of(
        ValueOption.choice(
                "reward",
                "what the policy is paid for: PSNR and SSIM over a step under W = 1, known; each"
                    + " cell's L1 over that step, ours; gain of PSNR, of relative L1, of that per"
                    + " cell, or, with no forward pass more, a loss below its running mean,"
                    + " reconstructed",
                Payment.class)
            .formerly("psnr"),
        ValueOption.number("alpha", "reward of a dB in counterfactual; reconstructed", 1, 0, 1e6),
        ValueOption.number("beta", "reward of 1 of SSIM there; reconstructed", 10, 0, 1e6),
        ValueOption.whole(
            "every", "the policy acts at each step and learns at each n-th; ours", 1, 1, 1_000_000),
        ValueOption.whole(
            "watch",
            "a control's map is paid, too, at each n-th step, though nothing learns from it; 0:"
                + " never; ours",
            0,
            0,
            1_000_000),
        ValueOption.choice("policy", "sizes of its layers; compact known", SignalStack.Form.class)
            .formerly("wide"),
        ValueOption.choice(
            "activation",
            "between its layers; leaky lets a tenth through below 0, so that none dies;"
                + " reconstructed",
            SignalStack.Between.class),
        ValueOption.whole("width", "channels of its first layer; known", 16, 1, 256),
        ValueOption.number(
            "sigma", "first σ, brought into its bounds; reconstructed", 0.5, 0.001, 1),
        ValueOption.number("sigmaLeast", "least σ; reconstructed", 0.05, 0.001, 0.5),
        ValueOption.number("sigmaMost", "greatest σ; reconstructed", 1, 0.5, 1),
        ValueOption.number(
            "anneal",
            "part of the steps in which σ falls to its least, instead of being learned; ours",
            0,
            0,
            1),
        ValueOption.number("rate", "Adam's rate of the policy; reconstructed", 1e-4, 0, 1),
        ValueOption.number("entropy", "weight of the entropy; reconstructed", 0.01, 0, 100),
        ValueOption.number(
            "decay", "of the running mean and variance of rewards; reconstructed", 0.9, 0, 0.9999),
        ValueOption.choice(
            "baseline",
            "what is taken off a reward: its running mean, or beside it what a value network"
                + " expects of the signals; reconstructed, and ours",
            Expected.class),
        ValueOption.number("clip", "greatest |advantage|; reconstructed", 3, 0.01, 1000),
        ValueOption.number("norm", "greatest norm of the gradient; reconstructed", 1, 1e-6, 1e6),
        ValueOption.number(
                "warmup", "part of the steps at the start with W = 1; reconstructed", 0, 0, 1)
            .formerly(0.1),
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

  /**
   * Checks what each option allows by itself.
   *
   * @throws GridException if two options contradict each other
   */
  static void check(OptionValues values) {
    boolean published = values.word(RANGE).equals(PUBLISHED_RANGE);
    if (!published && values.choice(LOSS, Gap.class) == Gap.L1) {
      throw GridException.of(
          ErrorCode.USAGE, "Cannot use method spark: range counts only with loss=mse");
    }
    if (values.choice("reward", Payment.class) == Payment.EMA) {
      requireEveryStep("every", values);
      requireEveryStep("watch", values);
    }
    Control control = values.choice("control", Control.class);
    if (values.whole("watch") > 0 && (control == Control.NONE || control == Control.UNIFORM)) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot use method spark: watch is for the controls random, heuristic, mean and frozen");
    }
  }

  private static void requireEveryStep(String option, OptionValues values) {
    if (values.whole(option) > 1) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot use method spark: reward=ema is paid at every step, not with %s=%d",
          option,
          values.whole(option));
    }
  }

  static MapDistribution distribution(OptionValues values) {
    WeightRange range = range(values);
    return switch (values.choice("map", CellWeight.class)) {
      case GAUSSIAN -> new ClampedNormal(least(values));
      case NORMAL -> new SquashedNormal(range);
      case LOGNORMAL -> new LogNormal();
      case BETA -> new SquashedBeta(range);
      case BERNOULLI -> new TwoLevels(range);
    };
  }

  // A map that is zero everywhere has no mean to be divided by.
  private static float least(OptionValues values) {
    return switch (normalisation(values)) {
      case NONE -> 0;
      case MEAN -> LEAST_OF_A_MEAN;
    };
  }

  static WeightRange range(OptionValues values) {
    return switch (values.choice("map", CellWeight.class)) {
      case GAUSSIAN -> new WeightRange(least(values), 1 - least(values));
      case NORMAL, LOGNORMAL, BETA, BERNOULLI ->
          new WeightRange(values.number("low"), values.number("span"));
    };
  }

  static Normalisation normalisation(OptionValues values) {
    return values.choice("normalise", Normalisation.class);
  }

  static Reward reward(OptionValues values, DistillerContext context) {
    return switch (values.choice("reward", Payment.class)) {
      case COUNTERFACTUAL ->
          new CounterfactualReward(
              context.student(),
              new ImageGain(context.manager(), values.number("alpha"), values.number("beta")));
      case CELLS -> new CounterfactualReward(context.student(), new CellGain(values.whole("grid")));
      case PSNR -> new GainReward(context.student(), Gain.PSNR, values.whole("grid"));
      case L1 -> new GainReward(context.student(), Gain.RELATIVE_L1, values.whole("grid"));
      case SPATIAL -> new GainReward(context.student(), Gain.SPATIAL_L1, values.whole("grid"));
      case EMA -> new TrendReward(values.number("decay"), context.manager());
    };
  }

  /** Returns in how many steps σ falls to its least; 0 if it is learned. */
  static long annealed(OptionValues values, long steps) {
    return (long) Math.ceil(values.number("anneal") * (double) steps);
  }

  /** Returns the value network, if there is one. */
  static Optional<Critic> critic(OptionValues values, Draws draws, NDManager manager) {
    return switch (values.choice("baseline", Expected.class)) {
      case MEAN -> Optional.empty();
      case VALUE -> Optional.of(new Critic(values, draws, manager));
    };
  }

  static Timetable timetable(OptionValues values, long steps) {
    long part = Math.round(values.number("warmup") * (double) steps);
    return new Timetable(
        values.choice("control", Control.class),
        Math.min(values.whole("warmupMost"), part),
        Math.round(values.number("freeze") * (double) steps),
        values.whole("every"),
        values.whole("watch"));
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
