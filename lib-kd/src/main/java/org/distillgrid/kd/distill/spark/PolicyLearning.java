package org.distillgrid.kd.distill.spark;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.kd.distill.spark.map.MapDistribution;
import org.distillgrid.kd.distill.spark.map.MapParameters;
import org.distillgrid.kd.nn.HostValues;
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.nn.Tensors;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.weights.HostTensor;

/**
 * REINFORCE: {@code L = −mean_b[A_b · mean_cells log π(a)] − c·entropy}, by Adam, the gradient's
 * norm clipped. With a value network A is what the standardised reward has beyond what the network
 * expects, clipped again. Source: reinforcement learning known; this rule reconstructed.
 */
final class PolicyLearning implements AutoCloseable {
  private static final String BASELINE = "baseline";
  private static final String UPDATES = "updates";

  private final Policy policy;
  private final MapDistribution distribution;
  private final Learner learner;
  private final Baseline baseline;
  private final Optional<Critic> critic;
  private final double clip;
  private final double entropyWeight;
  private final Normalisation normalisation;
  // A checkpoint holds it as a float: exact up to 16 million.
  private long updates;

  PolicyLearning(
      Policy policy,
      MapDistribution distribution,
      OptionValues values,
      Draws draws,
      NDManager manager) {
    this.policy = policy;
    this.distribution = distribution;
    this.learner = new Learner("policy", policy.parameters(), values, manager);
    this.clip = values.number("clip");
    this.baseline = new Baseline(values.number("decay"), clip);
    this.critic = SparkOptions.critic(values, draws, manager);
    this.entropyWeight = values.number("entropy");
    this.normalisation = SparkOptions.normalisation(values);
  }

  /**
   * What one lesson was.
   *
   * @param reward mean of the batch
   * @param advantage mean of the batch
   */
  record Outcome(double reward, double advantage) {}

  /**
   * Updates the policy. The gradient tape must be on, and no collector open: PyTorch has one for
   * the process, and the student's was closed before its step ended.
   */
  Outcome learn(Lesson lesson, NDManager scratch) {
    float[] rewards = HostValues.of(lesson.rewards());
    updates++;
    float[] advantages = baseline.advantages(rewards);
    critic.ifPresent(each -> beyondExpected(each, lesson, advantages, scratch));
    NDArray weights = Tensors.aligned(advantages, lesson.rewards().getShape(), scratch);
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      collector.backward(loss(lesson.drawn(), weights));
    }
    learner.update(updates, scratch);
    policy.boundSigma(scratch);
    return new Outcome(mean(rewards), mean(advantages));
  }

  private void beyondExpected(Critic each, Lesson lesson, float[] advantages, NDManager scratch) {
    Shape shape = lesson.rewards().getShape();
    float[] expected = each.learn(lesson.drawn().signals(), advantages, shape, updates, scratch);
    for (int i = 0; i < advantages.length; i++) {
      double beyond = (double) advantages[i] - expected[i];
      advantages[i] = (float) Math.max(-clip, Math.min(clip, beyond));
    }
  }

  private NDArray loss(Drawn drawn, NDArray advantages) {
    MapParameters parameters = policy.read(drawn.signals());
    boolean ofCells = advantages.getShape().size() > advantages.getShape().get(0);
    if (ofCells && normalisation == Normalisation.MEAN) {
      parameters = levelled(parameters);
    }
    NDArray likelihood = distribution.logProbability(drawn.action(), parameters);
    NDArray gained = advantages.mul(likelihood).mean();
    NDArray entropy = distribution.entropy(parameters).mean();
    return gained.add(Scaled.by(entropyWeight, entropy)).neg();
  }

  // A cell that is paid by itself does not see what its weight takes from the others when the map
  // is normalised: all means would rise together until the squash is flat. So their level is fixed.
  private static MapParameters levelled(MapParameters parameters) {
    NDArray mean = parameters.mean();
    NDArray level = PerImage.mean(mean);
    return new MapParameters(mean.sub(level.sub(level.stopGradient())), parameters.logSigma());
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  SortedMap<String, HostTensor> state() {
    SortedMap<String, HostTensor> state = new TreeMap<>();
    state.put(BASELINE, baseline.export());
    state.put(UPDATES, new HostTensor(new long[0], new float[] {updates}));
    learner.export(state);
    critic.ifPresent(each -> each.export(state));
    return state;
  }

  void restore(SortedMap<String, HostTensor> state) {
    baseline.restore(state.get(BASELINE));
    updates = (long) state.get(UPDATES).values()[0];
    learner.restore(state);
    critic.ifPresent(each -> each.restore(state));
  }

  @Override
  public void close() {
    critic.ifPresent(Critic::close);
    learner.close();
  }
}
