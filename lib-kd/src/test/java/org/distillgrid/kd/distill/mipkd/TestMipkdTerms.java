package org.distillgrid.kd.distill.mipkd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.distillgrid.kd.distill.Distiller;
import org.distillgrid.kd.distill.DistillerContext;
import org.distillgrid.kd.distill.LossTerms;
import org.distillgrid.kd.distill.MethodSum;
import org.distillgrid.kd.distill.StepTensors;
import org.distillgrid.kd.nn.Parameter;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.weights.HostTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestMipkdTerms {
  private static final String STUDENT = "edsr-c4-b3";
  private static final String TEACHER = "edsr-c6-b4";
  private static final String FEATURE = "mipkd_feature";

  @Test
  void aMaskOfOnesMakesTheFeatureLossTheAutoencoders() {
    try (Joined joined = new Joined(STUDENT, TEACHER, 2)) {
      Map<String, NDArray> all = joined.loss(joined.method("mipkd(maskProbability=1)"), 3).byName();
      assertThat(all.get(FEATURE).getFloat()).isEqualTo(all.get("mipkd_autoencoder").getFloat());
      Map<String, NDArray> half = joined.loss(joined.method("mipkd"), 3).byName();
      assertThat(half.get(FEATURE).getFloat())
          .isNotEqualTo(half.get("mipkd_autoencoder").getFloat());
    }
  }

  @Test
  void aMaskDecidesWhichEncoderTheFeatureLossReaches() {
    try (Joined joined = new Joined(STUDENT, TEACHER, 2)) {
      SortedMap<String, Float> none =
          joined.gradients(joined.method("mipkd(maskProbability=0)"), 3, FEATURE);
      SortedMap<String, Float> half = joined.gradients(joined.method("mipkd"), 3, FEATURE);
      none.forEach(
          (name, greatest) -> {
            boolean decoding = name.contains("student_decoder");
            boolean teachers = name.contains("teacher_encoder");
            assertThat(greatest > 0).as(name).isEqualTo(!decoding && !teachers);
            assertThat(half.get(name) > 0).as(name).isEqualTo(!decoding);
          });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mipkd", "mipkd(mode=perPoint)"})
  void aStepDecidesWhatIsDrawn(String name) {
    try (Joined joined = new Joined(STUDENT, TEACHER, 2)) {
      Distiller method = joined.method(name);
      for (String term : new String[] {FEATURE, "mipkd_block"}) {
        double first = joined.term(method, 3, term);
        assertThat(joined.term(joined.method(name), 3, term)).isEqualTo(first);
        assertThat(joined.term(method, 4, term)).isNotEqualTo(first);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mipkd, 'pixel logits mipkd_feature mipkd_autoencoder mipkd_block'",
    "mipkd(autoencoder=0), 'pixel logits mipkd_feature mipkd_block'",
    "'mipkd(autoencoder=0,block=0)', 'pixel logits mipkd_feature'",
    "'mipkd(autoencoder=0,feature=0)', 'pixel logits mipkd_block'",
    "mipkd(logits=0), 'pixel mipkd_feature mipkd_autoencoder mipkd_block'"
  })
  void aTermWithoutAWeightIsNotComputed(String name, String terms) {
    try (Joined joined = new Joined(STUDENT, TEACHER, 2)) {
      Distiller method = joined.method(name);
      LossTerms loss = joined.loss(method, 0);
      assertThat(loss.byName().keySet()).containsExactly(terms.split(" "));
      NDArray twice = joined.target.getManager().full(new Shape(2, 1, 32, 40), 2);
      boolean onPixels = loss.weighted(twice).total().getFloat() != loss.total().getFloat();
      assertThat(onPixels).isEqualTo(terms.contains("logits") || terms.contains("block"));
      assertThat(method.trainedWithStudent()).hasSize(1);
    }
  }

  @Test
  void withoutMixturesItIsLogits() {
    try (Joined joined = new Joined(STUDENT, TEACHER, 2)) {
      Distiller method = joined.method("mipkd(feature=0,autoencoder=0,block=0)");
      assertThat(method.trainedWithStudent()).isEmpty();
      assertThat(joined.loss(method, 0).total().getFloat())
          .isEqualTo(joined.loss(joined.method("logits"), 0).total().getFloat());
    }
  }

  @Test
  void weightsMultiplyTheirTerms() {
    try (Joined joined = new Joined(STUDENT, TEACHER, 2)) {
      LossTerms standard = joined.loss(joined.method("mipkd"), 2);
      LossTerms weighted =
          joined.loss(joined.method("mipkd(logits=2,feature=3,autoencoder=4,block=0.5)"), 2);
      Map<String, Integer> factors =
          Map.of("pixel", 1, "logits", 2, FEATURE, 3, "mipkd_autoencoder", 4, "mipkd_block", 5);
      factors.forEach(
          (term, factor) ->
              assertThat(weighted.byName().get(term).getFloat())
                  .as(term)
                  .isCloseTo(factor * standard.byName().get(term).getFloat(), within(1e-5f)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mipkd", "mipkd(mode=perPoint)"})
  void weightsInSpaceCountWhereTermsLieOnPixels(String name) {
    try (Joined joined = new Joined(STUDENT, TEACHER, 2)) {
      Distiller method = joined.method(name);
      StepTensors tensors = joined.tensors(1);
      Shape image = tensors.target().getShape();
      NDArray left =
          tensors.target().getManager().zeros(new Shape(2, 1, image.get(2), image.get(3)));
      left.set(new NDIndex(":,:,:,:{}", image.get(3) / 2), 2);
      NDArray right = left.neg().add(2);
      Map<String, NDArray> whole = method.loss(tensors).byName();
      Map<String, NDArray> ofLeft = method.loss(tensors).weighted(left).byName();
      Map<String, NDArray> ofRight = method.loss(tensors).weighted(right).byName();
      for (String term : new String[] {"logits", "mipkd_block"}) {
        float one = ofLeft.get(term).getFloat();
        float other = ofRight.get(term).getFloat();
        assertThat(one).as(term).isNotEqualTo(other);
        assertThat((one + other) / 2).as(term).isCloseTo(whole.get(term).getFloat(), within(1e-6f));
      }
      for (String term : new String[] {"pixel", FEATURE, "mipkd_autoencoder"}) {
        assertThat(ofLeft.get(term).getFloat()).isEqualTo(whole.get(term).getFloat());
      }
    }
  }

  @Test
  void encodersAreSharedAsFarAsWidthsAllow() {
    try (Joined wider = new Joined(STUDENT, TEACHER, 2);
        Joined same = new Joined(STUDENT, "edsr-c4-b4", 2)) {
      assertThat(parts(wider.method("mipkd(points=1)")))
          .containsExactlyInAnyOrder(
              "teacher_encoder.0",
              "teacher_encoder.2",
              "student_encoder.0",
              "student_encoder.2",
              "decoder.0",
              "decoder.2",
              "student_decoder.0",
              "student_decoder.2");
      assertThat(parts(wider.method("mipkd(points=1,encoders=shared)")))
          .containsExactlyInAnyOrder(
              "teacher_encoder.0",
              "teacher_encoder.2",
              "student_encoder.0",
              "decoder.0",
              "decoder.2",
              "student_decoder.0",
              "student_decoder.2");
      assertThat(parts(same.method("mipkd(points=1,encoders=shared)")))
          .containsExactlyInAnyOrder(
              "teacher_encoder.0", "teacher_encoder.2", "decoder.0", "decoder.2");
      assertThat(same.loss(same.method("mipkd(encoders=shared)"), 0).total().getFloat())
          .isNotEqualTo(same.loss(same.method("mipkd"), 0).total().getFloat());
    }
  }

  private static String[] parts(Distiller method) {
    return method.trainedWithStudent().get(0).all().stream()
        .map(Parameter::name)
        .filter(name -> name.endsWith(".weight"))
        .map(name -> name.substring("mipkd.0.".length(), name.length() - ".weight".length()))
        .toArray(String[]::new);
  }

  @Test
  void mixersHaveTheSizesOfTheirOptions() {
    try (Joined joined = new Joined(STUDENT, TEACHER, 2)) {
      assertThat(shape(joined, "mipkd", "mipkd.2.teacher_encoder.0.weight"))
          .isEqualTo(new Shape(4, 6, 3, 3));
      assertThat(shape(joined, "mipkd(latent=7)", "mipkd.2.student_decoder.2.weight"))
          .isEqualTo(new Shape(4, 7, 3, 3));
      assertThat(shape(joined, "mipkd(mixers=mlp)", "mipkd.0.decoder.2.weight"))
          .isEqualTo(new Shape(6, 4, 1, 1));
    }
  }

  private static Shape shape(Joined joined, String method, String parameter) {
    return joined.method(method).trainedWithStudent().get(0).shapes().get(parameter);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"mipkd(studentProbability=1)", "mipkd(mode=perPoint,studentProbability=1)"})
  void aHybridLeavesRunningStatisticsAlone(String name) {
    try (Joined joined = new Joined("dncnn-c4-d5-n1", "dncnn-c6-d6-n1", 1)) {
      Distiller method = joined.method(name);
      float[] teacher = joined.teacher.parameters().flat().toFloatArray();
      float[] start = joined.student.parameters().flat().toFloatArray();
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        collector.backward(joined.student.forward(joined.input).sum());
      }
      SortedMap<String, HostTensor> once = joined.student.parameters().export();
      joined.student.parameters().overwrite(start);
      joined.gradients(method, 0, "mipkd_block");
      SortedMap<String, HostTensor> after = joined.student.parameters().export();
      assertThat(once.get("model.3.running_var").values()).doesNotContain(1);
      once.forEach(
          (tensor, values) ->
              assertThat(after.get(tensor).values()).as(tensor).containsExactly(values.values()));
      assertThat(joined.teacher.parameters().flat().toFloatArray()).containsExactly(teacher);
    }
  }

  @Test
  void itNeedsATeacher() {
    try (Joined joined = new Joined(STUDENT, TEACHER, 2)) {
      DistillerContext context =
          new DistillerContext(
              joined.student.architecture(), Optional.empty(), 1, Draws.of("test"), null);
      assertThatThrownBy(() -> MethodSum.parse("mipkd").distiller(context))
          .hasMessage("Cannot use method mipkd: the trial has no teacher");
    }
  }
}
