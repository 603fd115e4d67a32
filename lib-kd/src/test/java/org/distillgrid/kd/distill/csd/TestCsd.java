package org.distillgrid.kd.distill.csd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.distillgrid.kd.Fixtures;
import org.distillgrid.kd.distill.Distiller;
import org.distillgrid.kd.distill.DistillerContext;
import org.distillgrid.kd.distill.FirstRecipes;
import org.distillgrid.kd.distill.LossTerms;
import org.distillgrid.kd.distill.MethodSum;
import org.distillgrid.kd.distill.StepTensors;
import org.distillgrid.kd.distill.Trunk;
import org.distillgrid.kd.nn.Pass;
import org.distillgrid.kd.perceptual.NarrowEncoder;
import org.distillgrid.kd.perceptual.PerceptualEncoder;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.weights.Checkpoint;
import org.junit.jupiter.api.Test;

/** CSD against the loops of {@code fixtures/perceptual/make.py}. */
class TestCsd {
  private static final Checkpoint FIXTURE = NarrowEncoder.fixture();
  private static final float TOLERANCE = 1e-5f;

  @Test
  void itsTermAndGradientAreThoseOfPyTorch() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray student = Fixtures.array(FIXTURE, "csd.student", manager);
      student.setRequiresGradient(true);
      LossTerms terms;
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        terms = distiller("csd", manager).loss(tensors(0, student));
        collector.backward(terms.byName().get("csd"));
      }
      assertThat(terms.byName()).containsOnlyKeys("pixel", "csd");
      float wanted = number("csd.all");
      assertThat(terms.byName().get("csd").getFloat())
          .isCloseTo(wanted, within(TOLERANCE * wanted));
      float[] gradient = FIXTURE.tensors().get("csd.gradient").values();
      NDArray difference =
          student.getGradient().sub(Fixtures.array(FIXTURE, "csd.gradient", manager)).abs();
      float greatest = manager.create(gradient).abs().max().getFloat();
      assertThat(difference.max().getFloat()).isLessThan(1e-4f * greatest);
    }
  }

  @Test
  void drawsTheNegativesOfEachStepAmongTheOthers() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray student = Fixtures.array(FIXTURE, "csd.student", manager);
      Distiller distiller = distiller("csd(negatives=1)", manager);
      Set<Integer> seen = new HashSet<>();
      for (int step = 0; step < 20; step++) {
        float term = distiller.loss(tensors(step, student)).byName().get("csd").getFloat();
        assertThat(distiller.loss(tensors(step, student)).byName().get("csd").getFloat())
            .isEqualTo(term);
        for (int distance = 1; distance <= 2; distance++) {
          float wanted = number("csd." + distance);
          if (Math.abs(term - wanted) < TOLERANCE * wanted) {
            seen.add(distance);
          }
        }
      }
      assertThat(seen).containsExactlyInAnyOrder(1, 2);
    }
  }

  @Test
  void weightsItsLevels() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray student = Fixtures.array(FIXTURE, "csd.student", manager);
      String others = "level1=0,level2=0,level3=0,level4=0";
      String first = "level2=0,level3=0,level4=0,level5=0";
      float last = term("csd(" + others + ")", student, manager);
      float four = term("csd(level5=0)", student, manager);
      assertThat(last + four).isCloseTo(number("csd.all"), within(1e-3f));
      assertThat(term("csd(weight=100," + others + ")", student, manager))
          .isCloseTo(last / 2, within(1e-4f));
      assertThat(term("csd(level1=1," + first + ")", student, manager))
          .isCloseTo(32 * term("csd(" + first + ")", student, manager), within(1e-3f));
    }
  }

  @Test
  void atScaleOneTheOtherInputsAreTheNegativesAsTheyAre() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray student = Fixtures.array(FIXTURE, "csd.student", manager);
      NDArray input = Fixtures.array(FIXTURE, "csd.target", manager);
      StepTensors tensors =
          new StepTensors(0, input, input, pass(student), Optional.of(pass(student)));
      LossTerms terms = distiller("csd", manager).loss(tensors);
      assertThat(terms.byName().get("csd").getFloat()).isZero();
    }
  }

  @Test
  void refusesWhatItCannotCompare() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray one = manager.zeros(new Shape(1, 3, 16, 16));
      StepTensors alone = new StepTensors(0, one, one, pass(one), Optional.of(pass(one)));
      Distiller distiller = distiller("csd", manager);
      assertThatThrownBy(() -> distiller.loss(alone))
          .hasMessage("Cannot use method csd: it needs two images a batch at least, not 1");
      DistillerContext without = context(Optional.empty(), manager);
      MethodSum sum = MethodSum.parse("logits+csd(weight=1)");
      assertThat(sum.readsEncoder()).isTrue();
      assertThatThrownBy(() -> sum.distiller(without))
          .hasMessage(
              "Cannot use method logits+csd(weight=1): it compares images in an encoder, and the"
                  + " cohort has none");
    }
    assertThat(MethodSum.parse("logits+fakd(logits=1,pixel=1)").readsEncoder()).isFalse();
  }

  private static float term(String method, NDArray student, NDManager manager) {
    return distiller(method, manager).loss(tensors(0, student)).byName().get("csd").getFloat();
  }

  private static float number(String name) {
    return FIXTURE.tensors().get(name).values()[0];
  }

  private static Distiller distiller(String method, NDManager manager) {
    DistillerContext context = context(Optional.of(NarrowEncoder.open(manager)), manager);
    return MethodSum.parse(FirstRecipes.of(method)).distiller(context);
  }

  private static DistillerContext context(Optional<PerceptualEncoder> encoder, NDManager manager) {
    Trunk trunk = new Trunk(List.of(4));
    return new DistillerContext(trunk, Optional.of(trunk), encoder, 100, Draws.of("test"), manager);
  }

  private static StepTensors tensors(long step, NDArray student) {
    NDManager manager = student.getManager();
    return new StepTensors(
        step,
        Fixtures.array(FIXTURE, "csd.input", manager),
        Fixtures.array(FIXTURE, "csd.target", manager),
        pass(student),
        Optional.of(pass(Fixtures.array(FIXTURE, "csd.teacher", manager))));
  }

  private static Pass pass(NDArray output) {
    return new Pass(output, List.of(output), output);
  }
}
