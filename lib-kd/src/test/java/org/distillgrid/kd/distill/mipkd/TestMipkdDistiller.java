package org.distillgrid.kd.distill.mipkd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.distillgrid.kd.Fixtures;
import org.distillgrid.kd.distill.LossTerms;
import org.distillgrid.kd.distill.StepTensors;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.nn.GradientMode;
import org.distillgrid.kd.nn.Parameter;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.nn.Pass;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.HostTensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Terms and gradients against those of {@code make.py}, with its weights, masks and routes. */
class TestMipkdDistiller {
  private static final Checkpoint FIXTURE = Fixtures.npz("mipkd/mipkd.npz");
  private static final ModelTarget TARGET = new ModelTarget(3, 2);

  @ParameterizedTest
  @CsvSource({"CHAIN, chain, STS", "CHAIN, chain, TST", "PER_POINT, perPoint, SST"})
  void termsAndGradientsAreThoseOfPyTorch(BlockMixer.Mode mode, String word, String route) {
    String name = word + "." + route;
    try (NDManager manager = NDManager.newBaseManager();
        Network student = network("edsr-c3-b3", "student.", manager);
        Network teacher = network("edsr-c5-b4", "teacher.", manager);
        ParameterSet mixers = new ParameterSet()) {
      student.parameters().trainable();
      NetworkPair pair = NetworkPair.of(student.architecture(), teacher.architecture(), 3);
      List<FeatureMixer> made =
          Mipkd.mixers(
              pair, OptionValues.standard(new Mipkd().options()), mixers, Draws.of("overwritten"));
      mixers.open(manager).load(under("mixers."), "the fixture");
      mixers.trainable();
      Masks masks = (step, point, latents) -> Fixtures.array(FIXTURE, "mask." + point, manager);
      MipkdDistiller method =
          new MipkdDistiller(
              new MipkdDistiller.Weights(1, 1, 1, 0.1),
              pair,
              made,
              masks,
              new BlockMixer(mode, routes(route)),
              List.of(mixers));
      LossTerms terms;
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        terms = method.loss(tensors(student, teacher, manager));
        collector.backward(terms.total());
      }
      assertThat(terms.byName().keySet()).isEqualTo(under(name + ".term.").keySet());
      terms.byName().forEach((term, value) -> same(name + ".term." + term, value, 1e-5));
      gradients(name + ".gradient.student.", student.parameters());
      gradients(name + ".gradient.mixers.", mixers);
      teacher
          .parameters()
          .all()
          .forEach(weight -> assertThat(weight.array().hasGradient()).isFalse());
    }
  }

  private static Routes routes(String letters) {
    return (step, point) -> {
      if (letters.charAt(point) == 'S') {
        return Branch.STUDENT;
      }
      return Branch.TEACHER;
    };
  }

  private static StepTensors tensors(Network student, Network teacher, NDManager manager) {
    NDArray input = Fixtures.array(FIXTURE, "input", manager);
    Pass taught = GradientMode.off(() -> Pass.of(teacher.architecture(), input));
    return new StepTensors(
        0,
        input,
        Fixtures.array(FIXTURE, "target", manager),
        Pass.of(student.architecture(), input),
        Optional.of(taught));
  }

  private static Network network(String model, String prefix, NDManager manager) {
    Network network = Network.build(model, TARGET, Draws.of("overwritten"), manager);
    network.parameters().load(under(prefix), "the fixture");
    return network;
  }

  private static SortedMap<String, HostTensor> under(String prefix) {
    return FIXTURE.tensors().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .collect(
            Collectors.toMap(
                entry -> entry.getKey().substring(prefix.length()),
                entry -> entry.getValue(),
                (first, second) -> first,
                TreeMap::new));
  }

  private static void gradients(String prefix, ParameterSet parameters) {
    assertThat(parameters.shapes().keySet())
        .containsExactlyInAnyOrderElementsOf(under(prefix).keySet());
    for (Parameter parameter : parameters.all()) {
      same(prefix + parameter.name(), parameter.array().getGradient(), 1e-4);
    }
  }

  private static void same(String name, NDArray computed, double tolerance) {
    float[] wanted = FIXTURE.tensors().get(name).values();
    double greatest =
        IntStream.range(0, wanted.length).mapToDouble(i -> Math.abs(wanted[i])).max().orElseThrow();
    assertThat(computed.toFloatArray())
        .as(name)
        .containsExactly(wanted, within((float) (tolerance * greatest)));
  }
}
