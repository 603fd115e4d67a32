package org.distillgrid.kd.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.nn.GradientMode;
import org.distillgrid.kd.nn.Pass;
import org.distillgrid.kd.nn.Tensors;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.registry.OptionValues;
import org.distillgrid.kd.registry.Registry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestSummedDistiller {
  @ParameterizedTest
  @CsvSource({
    "logits+at, at+logits",
    "fakd(pixel=1)+rkd, rkd+fakd(pixel=1)",
    "dukd(logits=0)+logits, logits+dukd(logits=0)",
    "fitnet+mipkd+dukd(consistency=1), dukd(consistency=1)+fitnet+mipkd",
    "spark(warmup=0)+dukd+at, at+dukd+spark(warmup=0)"
  })
  void theOrderInWhichASumIsWrittenDecidesNothing(String one, String other) {
    try (Case first = new Case();
        Case second = new Case()) {
      LossTerms terms = first.descend(one);
      LossTerms same = second.descend(other);
      assertThat(values(terms)).isEqualTo(values(same));
      assertThat(terms.total().getFloat()).isEqualTo(same.total().getFloat());
      assertThat(first.gradient()).isEqualTo(second.gradient());
    }
  }

  private static List<String> values(LossTerms terms) {
    List<String> values = new ArrayList<>();
    terms.byName().forEach((name, value) -> values.add(name + " " + value.getFloat()));
    return values;
  }

  @Test
  void aTermOfTwoMethodsCountsOnce() {
    try (Case alone = new Case();
        Case both = new Case()) {
      LossTerms logits = alone.descend("logits");
      LossTerms sum = both.descend("dukd(logits=0,zoom=0)+logits+rkd(angle=0,distance=0)");
      assertThat(values(sum)).startsWith(values(logits).toArray(String[]::new));
      assertThat(sum.byName()).containsOnlyKeys("pixel", "logits", "rkd_distance", "rkd_angle");
      assertThat(sum.total().getFloat()).isEqualTo(logits.total().getFloat());
    }
  }

  @Test
  void aTermThatIsNotDeclaredIsRefused() {
    try (Case trial = new Case()) {
      Registry<Method> methods =
          Registry.of("method", List.of(new Logits(), new Added("sloppy", List.of())));
      MethodSum sum = MethodSum.parse("logits+sloppy", methods);
      assertThatThrownBy(() -> trial.loss(sum))
          .hasMessage(
              "Cannot use method sloppy: its loss has a term that it does not declare: added");
    }
  }

  @Test
  void aTermLiesOnPixelsInAllMethodsOrInNone() {
    Registry<Method> methods =
        Registry.of(
            "method",
            List.of(
                new Added("plain", List.of(DeclaredTerm.of("added", 1))),
                new Added("whole", List.of(DeclaredTerm.of("added", 1))),
                new Added("spread", List.of(DeclaredTerm.pixelwise("added", 1)))));
    assertThat(MethodSum.parse("whole+plain", methods).canonical()).isEqualTo("whole+plain");
    assertThatThrownBy(() -> MethodSum.parse("spread+plain", methods))
        .hasMessage(
            "Cannot use method spread+plain: its term added lies on pixels in one of plain and"
                + " spread only");
  }

  /** A method whose loss is the term {@code added}, whatever it declares. */
  private record Added(String name, List<DeclaredTerm> declared) implements TermMethod {
    @Override
    public String help() {
      return "for a test";
    }

    @Override
    public TeacherUse teacherUse(OptionValues values) {
      return TeacherUse.NONE;
    }

    @Override
    public List<DeclaredTerm> terms(OptionValues values) {
      return declared;
    }

    @Override
    public Distiller distiller(DistillerContext context, OptionValues values) {
      return new Distiller() {
        @Override
        public LossTerms loss(StepTensors tensors) {
          return LossTerms.of("added", tensors.pixelLoss());
        }
      };
    }
  }

  /** A student and a teacher with one batch. */
  private static final class Case implements AutoCloseable {
    private static final ModelTarget SAME_SIZE = new ModelTarget(3, 1);
    private final NDManager manager = NDManager.newBaseManager();
    private final Network student =
        Network.build("edsr-c4-b3", SAME_SIZE, Draws.of("student"), manager);
    private final Network teacher =
        Network.build("edsr-c6-b4", SAME_SIZE, Draws.of("teacher"), manager);

    Case() {
      student.parameters().trainable();
    }

    LossTerms descend(String method) {
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        LossTerms terms = loss(MethodSum.parse(method));
        collector.backward(terms.total());
        return terms;
      }
    }

    LossTerms loss(MethodSum sum) {
      NDArray input = images();
      Pass taught = GradientMode.off(() -> Pass.of(teacher.architecture(), input));
      DistillerContext context =
          new DistillerContext(
              student.architecture(),
              Optional.of(teacher.architecture()),
              100,
              Draws.of("trial"),
              manager);
      Pass pass = Pass.of(student.architecture(), input);
      return sum.distiller(context)
          .loss(new StepTensors(3, input, input.flip(2), pass, Optional.of(taught)));
    }

    float[] gradient() {
      return student.parameters().gradient(manager).toFloatArray();
    }

    private NDArray images() {
      UniformRandomProvider draws = Draws.of("input").at(0, "image");
      float[] values = new float[3 * 3 * 24 * 24];
      for (int i = 0; i < values.length; i++) {
        values[i] = draws.nextFloat();
      }
      return Tensors.aligned(values, new Shape(3, 3, 24, 24), manager);
    }

    @Override
    public void close() {
      student.close();
      teacher.close();
      manager.close();
    }
  }
}
