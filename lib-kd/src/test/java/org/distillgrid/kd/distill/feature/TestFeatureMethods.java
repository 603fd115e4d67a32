package org.distillgrid.kd.distill.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.distillgrid.kd.Fixtures;
import org.distillgrid.kd.distill.Distiller;
import org.distillgrid.kd.distill.DistillerContext;
import org.distillgrid.kd.distill.FirstRecipes;
import org.distillgrid.kd.distill.LossTerms;
import org.distillgrid.kd.distill.MethodSum;
import org.distillgrid.kd.distill.StepTensors;
import org.distillgrid.kd.distill.Trunk;
import org.distillgrid.kd.nn.Pass;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.HostTensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Terms and gradients of the methods on features against those of {@code make.py}. */
class TestFeatureMethods {
  private static final Checkpoint FIXTURE = Fixtures.npz("distill/distill.npz");
  private static final double TOLERANCE = 1e-5;
  private static final double GRADIENT_TOLERANCE = 1e-4;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fitnet",
        "fitnet(loss=mse,weight=0.5)",
        "at",
        "at(points=2)",
        "rkd(grid=2)",
        "rkd(points=2)",
        "fakd",
        "fakd(side=4)"
      })
  void termsAndGradientsAreThoseOfPyTorch(String method) {
    try (NDManager manager = NDManager.newBaseManager()) {
      StepTensors tensors = tensors(manager);
      Distiller distiller = distiller(method, manager);
      List<NDArray> leaves = tensors.student().features();
      leaves.forEach(leaf -> leaf.setRequiresGradient(true));
      NDArray output = tensors.student().output();
      output.setRequiresGradient(true);
      LossTerms terms;
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        terms = distiller.loss(tensors);
        collector.backward(terms.total());
      }
      assertThat(terms.byName().keySet()).isEqualTo(wantedTerms(method));
      terms.byName().forEach((name, value) -> same(method + ".term." + name, value, TOLERANCE));
      same(method + ".gradient.output", output.getGradient(), GRADIENT_TOLERANCE);
      for (int k = 0; k < leaves.size(); k++) {
        String name = method + ".gradient." + k;
        if (FIXTURE.tensors().containsKey(name)) {
          same(name, leaves.get(k).getGradient(), GRADIENT_TOLERANCE);
        }
      }
    }
  }

  private static Set<String> wantedTerms(String method) {
    String prefix = method + ".term.";
    return FIXTURE.tensors().keySet().stream()
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()))
        .collect(Collectors.toSet());
  }

  private static void same(String name, NDArray computed, double tolerance) {
    float[] wanted = FIXTURE.tensors().get(name).values();
    double greatest =
        IntStream.range(0, wanted.length).mapToDouble(i -> Math.abs(wanted[i])).max().orElseThrow();
    assertThat(greatest).as(name).isPositive();
    assertThat(computed.toFloatArray())
        .as(name)
        .containsExactly(wanted, within((float) (tolerance * greatest)));
  }

  private static Distiller distiller(String method, NDManager manager) {
    DistillerContext context =
        new DistillerContext(
            new Trunk(List.of(4, 5)),
            Optional.of(new Trunk(List.of(6, 3))),
            100,
            Draws.of("test"),
            manager);
    Distiller distiller = MethodSum.parse(FirstRecipes.of(method)).distiller(context);
    SortedMap<String, HostTensor> weights = new TreeMap<>(FIXTURE.tensors());
    distiller.trainedWithStudent().forEach(set -> set.load(weights, "the fixture"));
    return distiller;
  }

  private static StepTensors tensors(NDManager manager) {
    return new StepTensors(
        0,
        manager.zeros(new Shape(1)),
        Fixtures.array(FIXTURE, "target", manager),
        pass("student.", "output", manager),
        Optional.of(pass("teacher.", "teacher.output", manager)));
  }

  private static Pass pass(String features, String output, NDManager manager) {
    return new Pass(
        manager.zeros(new Shape(1)),
        List.of(
            Fixtures.array(FIXTURE, features + 0, manager),
            Fixtures.array(FIXTURE, features + 1, manager)),
        Fixtures.array(FIXTURE, output, manager));
  }
}
