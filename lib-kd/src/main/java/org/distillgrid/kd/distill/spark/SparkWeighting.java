package org.distillgrid.kd.distill.spark;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.kd.difficulty.DifficultySignals;
import org.distillgrid.kd.distill.Aliases;
import org.distillgrid.kd.distill.DistillerContext;
import org.distillgrid.kd.distill.PixelWeighting;
import org.distillgrid.kd.distill.States;
import org.distillgrid.kd.distill.StepTensors;
import org.distillgrid.kd.distill.spark.map.MapDistribution;
import org.distillgrid.kd.distill.spark.map.MapParameters;
import org.distillgrid.kd.distill.spark.map.WeightRange;
import org.distillgrid.kd.nn.GradientMode;
import org.distillgrid.kd.nn.HostValues;
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.nn.Tensors;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.weights.HostTensor;

/**
 * SPARK at work on one student: signals, a map from the policy, and after the student's step what
 * the policy learns from it.
 *
 * <p>Everything up to the weights is off the gradient tape, and the policy learns by reinforcement
 * instead. The distillation loss, carried back through W, would tell the policy to put the weight
 * where student and teacher differ least, on the easy cells: the loss falls that way, and the
 * student learns nothing by it. The reward asks what a map is for: how much better the student is
 * after a step under it than after one without it.
 */
final class SparkWeighting implements PixelWeighting {
  private static final String SERIES = "spark/";
  private static final String PURPOSE = "spark map";
  private static final String LEARNING = "learning/";
  private static final String REWARD = "reward/";

  private final Timetable timetable;
  private final int grid;
  private final List<Signal> seen;
  private final WeightRange range;
  private final Normalisation normalisation;
  private final MapDistribution distribution;
  private final Policy policy;
  private final PolicyLearning learning;
  private final Reward reward;
  private final Draws draws;
  private final SortedMap<String, Double> observed = new TreeMap<>();
  private Optional<Drawn> drawn = Optional.empty();

  private SparkWeighting(DistillerContext context, OptionValues values) {
    this.timetable = SparkOptions.timetable(values, context.steps());
    this.grid = values.whole("grid");
    this.seen = SparkOptions.signals(values);
    this.range = SparkOptions.range(values);
    this.normalisation = SparkOptions.normalisation(values);
    this.distribution = SparkOptions.distribution(values);
    this.policy =
        new Policy(values, distribution, context.steps(), context.draws(), context.manager());
    this.learning =
        new PolicyLearning(policy, distribution, values, context.draws(), context.manager());
    this.reward = SparkOptions.reward(values, context);
    this.draws = context.draws();
  }

  static SparkWeighting of(DistillerContext context, OptionValues values) {
    return new SparkWeighting(context, values);
  }

  /** Returns how many numbers the policy learns. */
  long learnedElements() {
    return policy.parameters().learnedElements();
  }

  @Override
  public NDArray weights(StepTensors tensors) {
    observed.clear();
    drawn = Optional.empty();
    return GradientMode.off(
        () -> {
          policy.beginStep(tensors.step(), tensors.input().getManager());
          return weights(tensors, timetable.at(tensors.step()));
        });
  }

  private NDArray weights(StepTensors tensors, Timetable.Phase phase) {
    NDManager step = tensors.input().getManager();
    if (phase == Timetable.Phase.EVEN) {
      return even(tensors, step);
    }
    try (NDManager scratch = step.newSubManager()) {
      NDArray signals = signals(tensors, scratch);
      NDArray visible = visible(signals);
      NDArray map = cells(visible, phase, tensors.step());
      if (timetable.isWatched(tensors.step())) {
        drawn = Optional.of(new Drawn(visible, map));
      }
      NDArray cells = normalisation.of(map);
      List<float[]> numbers = HostValues.together(List.of(signals, cells));
      observe(numbers.get(0), numbers.get(1));
      drawn = drawn.map(each -> each.in(step));
      NDArray pixels = normalisation.overPixels(cells, tensors.target().getShape());
      pixels.attach(step);
      return pixels;
    }
  }

  private void observe(float[] signals, float[] weights) {
    Quartiles.of(signals, weights, grid * grid)
        .forEach((series, mean) -> observed.put(SERIES + "weight/" + series, mean));
    if (normalisation == Normalisation.NONE) {
      double sum = 0;
      for (float weight : weights) {
        sum += weight;
      }
      observed.put(SERIES + "weight/mean", sum / weights.length);
    }
  }

  private static NDArray even(StepTensors tensors, NDManager manager) {
    Shape image = tensors.target().getShape();
    return manager.ones(new Shape(image.get(0), 1, image.get(2), image.get(3)));
  }

  private NDArray signals(StepTensors tensors, NDManager scratch) {
    NDArray raw =
        DifficultySignals.raw(
            Aliases.in(scratch, tensors.target()),
            Aliases.in(scratch, tensors.student().output()),
            Aliases.in(scratch, tensors.teacherOutput()),
            grid);
    return DifficultySignals.normalized(raw);
  }

  // A signal that is left out is zero everywhere: the policy keeps its size.
  private NDArray visible(NDArray signals) {
    if (seen.size() == Signal.values().length) {
      return signals;
    }
    float[] mask = new float[Signal.values().length];
    seen.forEach(signal -> mask[signal.channel()] = 1);
    return signals.mul(
        Tensors.aligned(mask, new Shape(1, mask.length, 1, 1), signals.getManager()));
  }

  private NDArray cells(NDArray visible, Timetable.Phase phase, long step) {
    return switch (phase) {
      case EVEN -> throw new IllegalArgumentException("An even map has no cells");
      case HEURISTIC -> heuristic(visible);
      case CENTRE -> distribution.weights(distribution.centre(read(visible)));
      case DRAWN -> distribution.weights(draw(visible, step));
      case LEARNING -> {
        NDArray action = draw(visible, step);
        drawn = Optional.of(new Drawn(visible, action));
        yield distribution.weights(action);
      }
    };
  }

  // In the bounds of the policy's weights; where these are normalised it differs in where, not in
  // how much.
  private NDArray heuristic(NDArray visible) {
    NDArray sum = visible.sum(new int[] {1}, true);
    return range.of(Scaled.over(seen.size(), sum));
  }

  private NDArray draw(NDArray visible, long step) {
    return distribution.draw(read(visible), draws.at(step, PURPOSE));
  }

  private MapParameters read(NDArray visible) {
    MapParameters parameters = policy.read(visible);
    NDArray entropy = distribution.entropy(parameters).mean();
    List<float[]> numbers = HostValues.together(List.of(entropy, parameters.logSigma()));
    observed.put(SERIES + "entropy", (double) numbers.get(0)[0]);
    if (distribution.hasSigma()) {
      observed.put(SERIES + "sigma", Math.exp(numbers.get(1)[0]));
    }
    return parameters;
  }

  @Override
  public boolean comparesWithEven() {
    return drawn.isPresent() && reward.comparesWithEven();
  }

  @Override
  public void evenStepImagined(StepTensors tensors) {
    reward.evenStepImagined(tensors);
  }

  @Override
  public void stepEnded(StepTensors tensors) {
    if (drawn.isEmpty()) {
      return;
    }
    try (NDManager scratch = tensors.input().getManager().newSubManager()) {
      Drawn map = drawn.get().in(scratch);
      GradientMode.off(() -> reward.lesson(tensors, map, scratch))
          .ifPresent(lesson -> paid(lesson, tensors.step(), scratch));
    }
    drawn = Optional.empty();
  }

  private void paid(Lesson lesson, long step, NDManager scratch) {
    if (timetable.isWatched(step)) {
      observed.put(SERIES + "reward", lesson.meanReward());
    } else {
      observe(learning.learn(lesson, scratch));
    }
  }

  private void observe(PolicyLearning.Outcome outcome) {
    observed.put(SERIES + "reward", outcome.reward());
    observed.put(SERIES + "advantage", outcome.advantage());
  }

  @Override
  public Map<String, Double> observations() {
    return observed;
  }

  @Override
  public Map<String, NDArray> maps(StepTensors tensors) {
    return GradientMode.off(
        () -> {
          NDManager manager = tensors.input().getManager();
          NDArray signals = signals(tensors, manager);
          Map<String, NDArray> maps = new LinkedHashMap<>();
          for (Signal signal : Signal.values()) {
            int place = signal.channel();
            maps.put(signal.word(), signals.get(":,{}:{}", place, place + 1));
          }
          maps.put("weight", withoutChance(tensors, visible(signals)));
          return maps;
        });
  }

  private NDArray withoutChance(StepTensors tensors, NDArray visible) {
    Timetable.Phase phase =
        switch (timetable.control()) {
          case UNIFORM -> Timetable.Phase.EVEN;
          case HEURISTIC -> Timetable.Phase.HEURISTIC;
          case NONE, RANDOM, MEAN, FROZEN -> Timetable.Phase.CENTRE;
        };
    if (phase == Timetable.Phase.EVEN) {
      return even(tensors, visible.getManager());
    }
    NDArray cells = normalisation.of(cells(visible, phase, tensors.step()));
    return normalisation.overPixels(cells, tensors.target().getShape());
  }

  @Override
  public SortedMap<String, HostTensor> state() {
    SortedMap<String, HostTensor> state = States.under(LEARNING, learning.state());
    state.putAll(States.under(REWARD, reward.state()));
    return state;
  }

  @Override
  public void restore(SortedMap<String, HostTensor> state) {
    learning.restore(States.without(LEARNING, state));
    reward.restore(States.without(REWARD, state));
  }

  @Override
  public void close() {
    reward.close();
    learning.close();
    policy.close();
  }
}
