package org.distillgrid.kd.distill.dckd;

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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.distillgrid.kd.Fixtures;
import org.distillgrid.kd.distill.Distiller;
import org.distillgrid.kd.distill.DistillerContext;
import org.distillgrid.kd.distill.FirstRecipes;
import org.distillgrid.kd.distill.Logits;
import org.distillgrid.kd.distill.LossTerms;
import org.distillgrid.kd.distill.MethodSum;
import org.distillgrid.kd.distill.StepTensors;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.Pass;
import org.distillgrid.kd.perceptual.PerceptualEncoder;
import org.distillgrid.kd.perceptual.TinyEncoder;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.weights.Checkpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Terms and gradients against those of {@code make.py}, and what each of them reads. */
class TestDckdTerms {
  private static final Checkpoint FIXTURE = Fixtures.npz("dckd/dckd.npz");
  private static final double TOLERANCE = 1e-5;
  private static final double GRADIENT_TOLERANCE = 1e-4;
  private static final AffineStudent HISTORY = new AffineStudent(0.8f, 0.15f, List.of());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dckd(sigmaLeast=0,sigmaMost=0)",
        "dckd(contrastive=2,distribution=3,level2=0,level5=0.5,logits=0.5,negatives=3,"
            + "sigmaLeast=0,sigmaMost=0)",
        "dckd(crossEntropy=released,negatives=1)"
      })
  void termsAndGradientsAreThoseOfPyTorch(String method) {
    try (NDManager manager = NDManager.newBaseManager()) {
      Distiller distiller = method(method, encoder(manager), manager);
      String prefix = method + ".term.";
      Set<String> wanted =
          FIXTURE.tensors().keySet().stream()
              .filter(name -> name.startsWith(prefix))
              .map(name -> name.substring(prefix.length()))
              .collect(Collectors.toSet());
      assertThat(wanted).hasSize(4);
      for (String term : wanted) {
        StepTensors tensors = tensors(manager);
        NDArray output = tensors.student().output();
        output.setRequiresGradient(true);
        LossTerms terms;
        try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
          terms = distiller.loss(tensors);
          collector.backward(terms.byName().get(term));
        }
        assertThat(terms.byName().keySet()).isEqualTo(wanted);
        same(prefix + term, terms.byName().get(term), TOLERANCE);
        String gradient = method + ".gradient." + term;
        if (FIXTURE.tensors().containsKey(gradient)) {
          same(gradient, output.getGradient(), GRADIENT_TOLERANCE);
        }
      }
    }
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

  @Test
  void whatHasNoWeightIsNotComputed() {
    try (NDManager manager = NDManager.newBaseManager()) {
      StepTensors tensors = tensors(manager);
      Counting counting = new Counting(encoder(manager));
      assertThat(terms("dckd(contrastive=0,distribution=0)", counting, tensors))
          .containsExactly("pixel", "logits");
      assertThat(terms("dckd(contrastive=0,distribution=0,logits=0)", counting, tensors))
          .containsExactly("pixel");
      assertThat(counting.images).isZero();
      assertThat(terms("dckd(contrastive=0)", counting, tensors))
          .containsExactly("pixel", "logits", "dckd_distribution");
      assertThat(counting.images).isEqualTo(4);
      assertThat(terms("dckd(logits=0,distribution=0)", counting, tensors))
          .containsExactly("pixel", "dckd_contrastive");
      assertThat(counting.images).isEqualTo(4 + 4 + 5 * 2);
      assertThat(counting.latents).isEqualTo(4);
      LossTerms none = method("dckd(logits=0)", counting, manager).loss(tensors);
      NDArray twice = manager.full(new Shape(2, 1, 16, 32), 2);
      assertThat(none.weighted(twice).total().getFloat()).isEqualTo(none.total().getFloat());
    }
  }

  private static Set<String> terms(String method, PerceptualEncoder encoder, StepTensors tensors) {
    NDManager manager = tensors.input().getManager();
    return method(method, encoder, manager).loss(tensors).byName().keySet();
  }

  @Test
  void itsPixelWiseTermCanBeWeighted() {
    try (NDManager manager = NDManager.newBaseManager()) {
      StepTensors tensors = tensors(manager);
      Distiller dckd = method("dckd(logits=3)", encoder(manager), manager);
      NDArray map = Logits.map(tensors, 3);
      assertThat(map.getShape()).isEqualTo(tensors.target().getShape());
      Map<String, NDArray> plain = dckd.loss(tensors).byName();
      assertThat(map.mean().getFloat()).isEqualTo(plain.get("logits").getFloat());
      NDArray twice = manager.full(new Shape(2, 1, 16, 32), 2);
      Map<String, NDArray> weighted = dckd.loss(tensors).weighted(twice).byName();
      plain.forEach(
          (name, value) -> {
            float factor = 1;
            if (name.equals("logits")) {
              factor = 2;
            }
            assertThat(weighted.get(name).getFloat())
                .as(name)
                .isCloseTo(factor * value.getFloat(), within(1e-5f));
          });
    }
  }

  @Test
  void greyImagesAreEncodedToo() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray image = manager.ones(new Shape(2, 1, 16, 16));
      StepTensors tensors = tensors(image, image.zerosLike());
      Map<String, NDArray> terms = method("dckd", encoder(manager), manager).loss(tensors).byName();
      assertThat(terms.keySet()).hasSize(4);
      terms.values().forEach(term -> assertThat(term.getFloat()).isFinite());
    }
  }

  @Test
  void smallerImagesAreRefused() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray image = manager.ones(new Shape(1, 3, 12, 40));
      Distiller dckd = method("dckd", encoder(manager), manager);
      assertThatThrownBy(() -> dckd.loss(tensors(image, image.zerosLike())))
          .hasMessage(
              "Cannot use method dckd: its encoder needs images of at least 16×16, not 12×40");
    }
  }

  @Test
  void itNeedsTeacherAndEncoder() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Dckd family = new Dckd();
      OptionValues values = OptionValues.standard(family.options());
      DistillerContext untaught = context(Optional.empty(), Optional.of(encoder(manager)), manager);
      assertThatThrownBy(() -> family.distiller(untaught, values))
          .hasMessage("Cannot use method dckd: the trial has no teacher");
      DistillerContext blind = context(Optional.of(network()), Optional.empty(), manager);
      assertThatThrownBy(() -> family.distiller(blind, values))
          .hasMessage("Cannot use method dckd: the trial has no encoder");
    }
  }

  private static TinyEncoder encoder(NDManager manager) {
    TinyEncoder encoder = new TinyEncoder(manager);
    encoder.parameters().load(FIXTURE.tensors(), "the fixture");
    return encoder;
  }

  private static Distiller method(String method, PerceptualEncoder encoder, NDManager manager) {
    return MethodSum.parse(FirstRecipes.of(method))
        .distiller(context(Optional.of(network()), Optional.of(encoder), manager));
  }

  private static Architecture network() {
    return HISTORY.copy(NDManager.newBaseManager()).network();
  }

  private static DistillerContext context(
      Optional<Architecture> teacher, Optional<PerceptualEncoder> encoder, NDManager manager) {
    return new DistillerContext(
        null, teacher, encoder, Optional.of(HISTORY), 100, Draws.of("trial"), manager);
  }

  private static StepTensors tensors(NDManager manager) {
    return new StepTensors(
        0,
        Fixtures.array(FIXTURE, "input", manager),
        Fixtures.array(FIXTURE, "target", manager),
        pass(Fixtures.array(FIXTURE, "output", manager)),
        Optional.of(pass(Fixtures.array(FIXTURE, "teacher.output", manager))));
  }

  private static StepTensors tensors(NDArray student, NDArray teacher) {
    return new StepTensors(0, student, student, pass(student), Optional.of(pass(teacher)));
  }

  private static Pass pass(NDArray output) {
    return new Pass(output, List.of(), output);
  }

  /** Counts the images that an encoder is given. */
  private static final class Counting implements PerceptualEncoder {
    private final PerceptualEncoder encoder;
    private long images;
    private long latents;

    Counting(PerceptualEncoder encoder) {
      this.encoder = encoder;
    }

    @Override
    public List<NDArray> levels(NDArray batch) {
      images += batch.getShape().get(0);
      return encoder.levels(batch);
    }

    @Override
    public Encoding encode(NDArray batch) {
      images += batch.getShape().get(0);
      latents += batch.getShape().get(0);
      return encoder.encode(batch);
    }

    @Override
    public NDArray codebook() {
      return encoder.codebook();
    }
  }
}
