package org.distillgrid.kd.distill.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;
import org.distillgrid.kd.distill.Distiller;
import org.distillgrid.kd.distill.DistillerContext;
import org.distillgrid.kd.distill.FirstRecipes;
import org.distillgrid.kd.distill.MethodSetting;
import org.distillgrid.kd.distill.MethodSum;
import org.distillgrid.kd.distill.PixelWeighting;
import org.distillgrid.kd.distill.StepTensors;
import org.distillgrid.kd.distill.WeightingMethod;
import org.distillgrid.kd.nn.Pass;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestSparkWeighting {
  private static final Shape IMAGES = new Shape(2, 3, 24, 20);
  private static final long STEPS = 100;

  @Test
  void thePolicyHasTheSizeOfThePaper() {
    try (NDManager manager = NDManager.newBaseManager();
        PixelWeighting weighting = weighting("spark", manager);
        PixelWeighting first = weighting(FirstRecipes.of("spark"), manager)) {
      // 4·16·9 + 16, 16·8 + 8 and 8 + 1 weights, and ln σ.
      assertThat(((SparkWeighting) weighting).learnedElements()).isEqualTo(737 + 1);
      // 4·16·9 + 16, 16·16·9 + 16 and 16·9 + 1 weights, and ln σ.
      assertThat(((SparkWeighting) first).learnedElements()).isEqualTo(3057 + 1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"spark", "spark(control=random)", "spark(control=heuristic)"})
  void aMapOfThePaperSaysHowMuchToo(String method) {
    try (NDManager manager = NDManager.newBaseManager();
        PixelWeighting weighting = weighting(method, manager)) {
      NDArray weights = weighting.weights(tensors(manager, 50));
      assertThat(weights.min().getFloat()).isNotNegative();
      assertThat(weights.max().getFloat()).isLessThanOrEqualTo(1);
      assertThat(weights.mean().getFloat()).isBetween(0.1f, 0.9f);
      assertThat(weighting.observations().get("spark/weight/mean")).isBetween(0.1, 0.9);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark",
        "spark(map=lognormal)",
        "spark(map=beta)",
        "spark(map=bernoulli)",
        "spark(map=gaussian)",
        "spark(grid=5)",
        "spark(without=gap)",
        "spark(control=uniform)",
        "spark(control=random)",
        "spark(control=heuristic)",
        "spark(control=mean,freeze=0)",
        "spark(control=frozen,freeze=0)"
      })
  void everyMapHasTheSameTotal(String method) {
    try (NDManager manager = NDManager.newBaseManager();
        PixelWeighting weighting = weighting(FirstRecipes.of(method), manager)) {
      NDArray weights = weighting.weights(tensors(manager, 50));
      assertThat(weights.getShape()).isEqualTo(new Shape(2, 1, 24, 20));
      assertThat(weights.reshape(2, -1).mean(new int[] {1}).toFloatArray())
          .containsExactly(new float[] {1, 1}, within(1e-5f));
      assertThat(weights.min().getFloat()).isPositive();
      boolean even = weights.max().getFloat() - weights.min().getFloat() < 1e-6;
      assertThat(even).isEqualTo(method.contains("uniform"));
    }
  }

  @Test
  void noGradientReachesTheStudentThroughTheWeights() {
    try (NDManager manager = NDManager.newBaseManager()) {
      StepTensors tensors = tensors(manager, 50);
      NDArray output = tensors.student().output();
      output.setRequiresGradient(true);
      Distiller spark =
          MethodSum.parse(FirstRecipes.of("spark(weight=2)")).distiller(context(manager));
      float[] sign = sign(output.sub(tensors.teacherPass().output()).toFloatArray());
      NDArray weights;
      try (PixelWeighting same = weighting(FirstRecipes.of("spark"), manager)) {
        weights = same.weights(tensors).broadcast(IMAGES);
      }
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        collector.backward(spark.loss(tensors).byName().get("logits"));
      }
      float[] each = weights.toFloatArray();
      float[] expected = new float[sign.length];
      for (int i = 0; i < sign.length; i++) {
        expected[i] = 2 * sign[i] * each[i] / sign.length;
      }
      assertThat(output.getGradient().toFloatArray()).containsExactly(expected, within(1e-8f));
      spark.close();
    }
  }

  @Test
  void uniformIsLogits() {
    try (NDManager manager = NDManager.newBaseManager()) {
      StepTensors tensors = tensors(manager, 50);
      DistillerContext context = context(manager);
      float uniform =
          total(
              MethodSum.parse(FirstRecipes.of("spark(control=uniform)")).distiller(context),
              tensors);
      float early =
          total(MethodSum.parse(FirstRecipes.of("spark")).distiller(context), tensors(manager, 9));
      float late =
          total(MethodSum.parse(FirstRecipes.of("spark")).distiller(context), tensors(manager, 10));
      float logits = total(MethodSum.parse("logits").distiller(context), tensors);
      assertThat(uniform).isEqualTo(logits);
      assertThat(early).as("in the warm-up").isEqualTo(logits);
      assertThat(late).as("after it").isNotEqualTo(logits);
    }
  }

  @Test
  void drawsBelongToTheStep() {
    try (NDManager manager = NDManager.newBaseManager();
        PixelWeighting once = weighting("spark", manager);
        PixelWeighting again = weighting("spark", manager)) {
      float[] map = once.weights(tensors(manager, 60)).toFloatArray();
      again.weights(tensors(manager, 50));
      assertThat(again.weights(tensors(manager, 60)).toFloatArray()).isEqualTo(map);
      assertThat(again.weights(tensors(manager, 61)).toFloatArray()).isNotEqualTo(map);
    }
  }

  @Test
  void sigmaFallsToItsLeastWithTheSteps() {
    try (NDManager manager = NDManager.newBaseManager();
        PixelWeighting falling = weighting("spark(anneal=0.5,sigma=0.8)", manager);
        PixelWeighting learned = weighting("spark(sigma=0.8)", manager)) {
      assertThat(sigma(falling, manager, 0)).isCloseTo(0.8, within(1e-6));
      assertThat(sigma(falling, manager, 25)).isCloseTo(Math.sqrt(0.8 * 0.05), within(1e-6));
      assertThat(sigma(falling, manager, 50)).isCloseTo(0.05, within(1e-6));
      assertThat(sigma(falling, manager, 99)).isCloseTo(0.05, within(1e-6));
      assertThat(sigma(learned, manager, 99)).isCloseTo(0.8, within(1e-6));
      // ln σ is no weight that is learned.
      assertThat(((SparkWeighting) falling).learnedElements()).isEqualTo(737);
    }
  }

  private static double sigma(PixelWeighting weighting, NDManager manager, long step) {
    weighting.weights(tensors(manager, step));
    return weighting.observations().get("spark/sigma");
  }

  @Test
  void aSignalThatIsLeftOutPlaysNoPart() {
    try (NDManager manager = NDManager.newBaseManager();
        PixelWeighting without = weighting("spark(control=mean,freeze=0,without=gap)", manager);
        PixelWeighting with = weighting("spark(control=mean,freeze=0)", manager)) {
      StepTensors one = tensors(manager, 50);
      Pass other = pass(manager, "another teacher");
      StepTensors two =
          new StepTensors(50, one.input(), one.target(), one.student(), Optional.of(other));
      assertThat(without.weights(two).toFloatArray())
          .isEqualTo(without.weights(one).toFloatArray());
      assertThat(with.weights(two).toFloatArray()).isNotEqualTo(with.weights(one).toFloatArray());
    }
  }

  @Test
  void mapsForPicturesAreWithoutChance() {
    try (NDManager manager = NDManager.newBaseManager();
        PixelWeighting spark = weighting("spark", manager);
        PixelWeighting mean = weighting("spark(control=mean,freeze=0)", manager)) {
      StepTensors tensors = tensors(manager, 50);
      Map<String, NDArray> maps = spark.maps(tensors);
      assertThat(maps.keySet()).containsExactly("laplacian", "pixel", "student", "gap", "weight");
      assertThat(maps.get("gap").getShape()).isEqualTo(new Shape(2, 1, 8, 8));
      assertThat(maps.get("weight").toFloatArray()).isEqualTo(mean.weights(tensors).toFloatArray());
    }
  }

  @Test
  void theWeightOfTheTermIsForSparkAlone() {
    assertThat(MethodSum.parse("spark(weight=2)").canonical()).isEqualTo("spark(weight=2)");
    assertThatThrownBy(() -> MethodSum.parse("spark(weight=2)+logits"))
        .hasMessage(
            "Cannot use method spark(weight=2)+logits: weight of spark counts only where it stands"
                + " alone");
  }

  private static float total(Distiller distiller, StepTensors tensors) {
    float total = distiller.loss(tensors).total().getFloat();
    distiller.close();
    return total;
  }

  private static float[] sign(float[] values) {
    float[] signs = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      signs[i] = Math.signum(values[i]);
    }
    return signs;
  }

  private static PixelWeighting weighting(String method, NDManager manager) {
    MethodSetting spark = MethodSum.parse(method).settings().get(0);
    return ((WeightingMethod) spark.method()).weighting(context(manager), spark.values());
  }

  private static DistillerContext context(NDManager manager) {
    return new DistillerContext(null, Optional.empty(), STEPS, Draws.of("trial"), manager);
  }

  private static StepTensors tensors(NDManager manager, long step) {
    return new StepTensors(
        step,
        manager.zeros(new Shape(2, 3, 12, 10)),
        noise(manager, "target"),
        pass(manager, "student"),
        Optional.of(pass(manager, "teacher")));
  }

  private static Pass pass(NDManager manager, String key) {
    return new Pass(manager.zeros(new Shape(1)), List.of(), noise(manager, key));
  }

  private static NDArray noise(NDManager manager, String key) {
    UniformRandomProvider draws = Draws.of(key).at(0, "values");
    float[] values = new float[(int) IMAGES.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = draws.nextFloat();
    }
    return manager.create(values, IMAGES);
  }
}
