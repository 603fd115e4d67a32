package org.distillgrid.kd.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.commons.rng.UniformRandomProvider;
import org.distillgrid.kd.distill.DeclaredTerm;
import org.distillgrid.kd.distill.Distiller;
import org.distillgrid.kd.distill.DistillerContext;
import org.distillgrid.kd.distill.LossTerms;
import org.distillgrid.kd.distill.Method;
import org.distillgrid.kd.distill.MethodSetting;
import org.distillgrid.kd.distill.MethodSum;
import org.distillgrid.kd.distill.Methods;
import org.distillgrid.kd.distill.PixelLoss;
import org.distillgrid.kd.distill.StepTensors;
import org.distillgrid.kd.distill.TermMethod;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.Pass;
import org.distillgrid.kd.nn.Tensors;
import org.distillgrid.kd.perceptual.NarrowEncoder;
import org.distillgrid.kd.quant.Bits;
import org.distillgrid.kd.quant.QuantizedNetwork;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a method declares before training is what its loss is made of. */
class TestDeclaredTerms {
  private static final ModelTarget TARGET = new ModelTarget(3, 1);

  static Stream<String> methods() {
    return Stream.concat(
        Methods.registry().all().stream()
            .filter(method -> method instanceof TermMethod)
            .map(Method::name),
        Stream.of(
            "mipkd(logits=0)",
            "mipkd(block=0,logits=0)",
            "dckd(logits=0)",
            "dukd(zoom=0,consistency=2)",
            "dukd(pixel=1,out=1)",
            "dckd(history=lag,input=signed)"));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void areThoseThatTheMethodDeclares(String method) {
    MethodSetting setting = MethodSum.parse(method).settings().get(0);
    List<DeclaredTerm> declared = ((TermMethod) setting.method()).terms(setting.values());
    try (NDManager manager = NDManager.newBaseManager();
        QuantizedNetwork trained =
            QuantizedNetwork.build(
                "edsr-c4-b3", TARGET, "fp", Bits.parse("fp"), Draws.of("student"), manager);
        Network teacher = Network.build("edsr-c6-b4", TARGET, Draws.of("teacher"), manager)) {
      Architecture student = trained.network().architecture();
      NDArray input = images(manager);
      StepTensors tensors =
          new StepTensors(
              0,
              input,
              input,
              Pass.of(student, input),
              Optional.of(Pass.of(teacher.architecture(), input)));
      DistillerContext context =
          new DistillerContext(
              student,
              Optional.of(teacher.architecture()),
              Optional.of(NarrowEncoder.open(manager)),
              Optional.of(new Copies(trained, 0.9)),
              100,
              Draws.of("trial"),
              manager);
      try (Distiller distiller = MethodSum.parse(method).distiller(context)) {
        LossTerms terms = distiller.loss(tensors);
        LossTerms weighted = terms.weighted(manager.ones(new Shape(3, 1, 16, 16)).mul(3));
        assertThat(names(declared, term -> true)).containsAll(terms.byName().keySet());
        assertThat(terms.byName().keySet()).containsAll(names(declared, term -> term.weight() > 0));
        assertPixelTerm(declared, distiller.loss(tensors.comparedBy(PixelLoss.MSE)), tensors);
        for (DeclaredTerm term : declared) {
          NDArray value = terms.byName().get(term.name());
          if (value != null && term.weight() > 0) {
            boolean changed = weighted.byName().get(term.name()).getFloat() != value.getFloat();
            assertThat(changed)
                .as(term.name())
                .isEqualTo(term.kind() == DeclaredTerm.Kind.PIXELWISE);
          }
        }
      }
    }
  }

  // A spec's loss takes the place of L1(S, Y) in every method.
  private static void assertPixelTerm(
      List<DeclaredTerm> declared, LossTerms squared, StepTensors tensors) {
    double error = tensors.student().output().sub(tensors.target()).square().mean().getFloat();
    DeclaredTerm pixel =
        declared.stream().filter(term -> term.name().equals("pixel")).findAny().orElseThrow();
    assertThat((double) squared.byName().get("pixel").getFloat())
        .isCloseTo(pixel.weight() * error, within(1e-6));
  }

  private static List<String> names(List<DeclaredTerm> terms, Predicate<DeclaredTerm> condition) {
    return terms.stream().filter(condition).map(DeclaredTerm::name).toList();
  }

  private static NDArray images(NDManager manager) {
    UniformRandomProvider draws = Draws.of("input").at(0, "image");
    float[] values = new float[3 * 3 * 16 * 16];
    for (int i = 0; i < values.length; i++) {
      values[i] = draws.nextFloat();
    }
    return Tensors.aligned(values, new Shape(3, 3, 16, 16), manager);
  }
}
