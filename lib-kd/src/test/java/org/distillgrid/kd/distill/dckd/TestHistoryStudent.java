package org.distillgrid.kd.distill.dckd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;
import org.distillgrid.kd.distill.Distiller;
import org.distillgrid.kd.distill.DistillerContext;
import org.distillgrid.kd.distill.MethodSum;
import org.distillgrid.kd.distill.StepTensors;
import org.distillgrid.kd.distill.StudentCopies;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.nn.Pass;
import org.distillgrid.kd.nn.Tensors;
import org.distillgrid.kd.perceptual.TinyEncoder;
import org.distillgrid.kd.quant.Bits;
import org.distillgrid.kd.quant.QuantizedNetwork;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestHistoryStudent {
  private static final ModelTarget TARGET = new ModelTarget(3, 1);
  private static final String NORMALIZED = "dncnn-c4-d4-n1";

  @Test
  void itMovesToTheAverage() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray average = manager.create(new float[] {2, -1});
      AffineStudent student = new AffineStudent(0.8f, 0.15f, List.of(average));
      NDArray input = manager.ones(new Shape(1, 1, 1, 1));
      try (HistoryStudent history =
          new HistoryStudent(student, HistoryStudent.Source.EMA, 0.1, manager)) {
        assertThat(history.state()).isEmpty();
        assertThat(history.output(input).getFloat()).isCloseTo(0.95f, within(1e-6f));
        double gain = 0.8;
        double offset = 0.15;
        for (int move = 0; move < 3; move++) {
          history.move();
          gain = 0.1 * gain + 0.9 * 2;
          offset = 0.1 * offset + 0.9 * -1;
          assertThat((double) history.output(input).getFloat())
              .isCloseTo(gain + offset, within(1e-6));
        }
        try (HistoryStudent again =
            new HistoryStudent(student, HistoryStudent.Source.EMA, 0.1, manager)) {
          again.restore(history.state());
          assertThat(again.output(input).getFloat()).isEqualTo(history.output(input).getFloat());
        }
      }
      assertThat(average.toFloatArray()).containsExactly(2, -1);
    }
  }

  @Test
  void itMovesToTheStudentItselfWhereThePaperIsFollowed() {
    try (NDManager manager = NDManager.newBaseManager();
        QuantizedNetwork student = student("edsr-c4-b1", "lsq", manager)) {
      NDArray flat = student.network().parameters().flat();
      float[] first = flat.toFloatArray();
      Twins twins = new Twins(student, List.of());
      try (HistoryStudent history =
          new HistoryStudent(twins, HistoryStudent.Source.STUDENT, 0.25, manager)) {
        history.begin();
        student.network().parameters().overwrite(flat.onesLike());
        history.move();
        float[] moved = history.state().get("history0").values();
        for (int i = 0; i < moved.length; i++) {
          assertThat(moved[i]).isCloseTo(0.25f * first[i] + 0.75f, within(1e-6f));
        }
      }
    }
  }

  @Test
  void scalesMoveAsWeightsDo() {
    try (NDManager manager = NDManager.newBaseManager();
        QuantizedNetwork student = student("edsr-c4-b1", "lsq", manager)) {
      NDArray weights = manager.zeros(student.network().parameters().flat().getShape());
      NDArray scales = manager.ones(student.quantization().learned().flat().getShape());
      float[] first = student.quantization().learned().flat().toFloatArray();
      Twins twins = new Twins(student, List.of(weights, scales));
      try (HistoryStudent history =
          new HistoryStudent(twins, HistoryStudent.Source.EMA, 0.25, manager)) {
        history.move();
        float[] moved = history.state().get("history1").values();
        for (int i = 0; i < moved.length; i++) {
          assertThat(moved[i]).isCloseTo(0.25f * first[i] + 0.75f, within(1e-6f));
        }
        assertThat(history.state()).hasSize(2);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"edsr-c4-b1", NORMALIZED, "nafnet-w4-e1x1-m1-d1x1"})
  void onlyTheStudentGetsAGradient(String model) {
    try (NDManager manager = NDManager.newBaseManager();
        QuantizedNetwork student = student(model, "lsq", manager);
        Network teacher = Network.build("edsr-c6-b1", TARGET, Draws.of("teacher"), manager)) {
      TinyEncoder encoder = new TinyEncoder(manager);
      Distiller dckd = distiller("dckd(logits=0)", student, teacher, encoder, manager);
      student.network().parameters().trainable();
      teacher.parameters().trainable();
      NDArray input = images(manager);
      for (String term : List.of("dckd_contrastive", "dckd_distribution")) {
        student.network().parameters().clearGradient();
        try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
          StepTensors tensors = tensors(student.network(), teacher, input);
          collector.backward(dckd.loss(tensors).byName().get(term));
        }
        assertThat(gradient(student.network(), manager)).as(term).isFinite().isPositive();
        assertThat(gradient(teacher, manager)).as(term).isZero();
        assertThat(encoder.parameters().all())
            .noneMatch(parameter -> parameter.array().hasGradient());
      }
    }
  }

  @Test
  void itLeavesTheStudentsTapeAndStatisticsAlone() {
    try (NDManager manager = NDManager.newBaseManager();
        QuantizedNetwork student = student(NORMALIZED, "lsq", manager)) {
      ParameterSet parameters = student.network().parameters().trainable();
      Twins twins = new Twins(student, List.of());
      NDArray input = images(manager);
      float[] before = parameters.flat().toFloatArray();
      float[] plain = gradientAndStatistics(student, input, () -> {});
      parameters.overwrite(before);
      try (HistoryStudent history =
          new HistoryStudent(twins, HistoryStudent.Source.EMA, 0.1, manager)) {
        float[] beside = gradientAndStatistics(student, input, () -> history.output(input));
        assertThat(beside).isEqualTo(plain);
        assertThat(twins.copy(manager).parameters())
            .allMatch(set -> set.all().stream().noneMatch(p -> p.array().hasGradient()));
      }
    }
  }

  private static float[] gradientAndStatistics(
      QuantizedNetwork student, NDArray input, Runnable between) {
    ParameterSet parameters = student.network().parameters();
    parameters.clearGradient();
    try (NDManager scratch = input.getManager().newSubManager()) {
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        NDArray output = student.network().forward(input);
        between.run();
        collector.backward(output.square().mean());
      }
      return parameters.gradient(scratch).concat(parameters.flat()).toFloatArray();
    }
  }

  private static float gradient(Network network, NDManager manager) {
    return network.parameters().gradient(manager).abs().max().getFloat();
  }

  private static Distiller distiller(
      String method,
      QuantizedNetwork student,
      Network teacher,
      TinyEncoder encoder,
      NDManager manager) {
    return MethodSum.parse(method)
        .distiller(
            new DistillerContext(
                student.network().architecture(),
                Optional.of(teacher.architecture()),
                Optional.of(encoder),
                Optional.of(new Twins(student, List.of())),
                100,
                Draws.of("trial"),
                manager));
  }

  private static StepTensors tensors(Network student, Network teacher, NDArray input) {
    return new StepTensors(
        0,
        input,
        input.zerosLike(),
        Pass.of(student.architecture(), input),
        Optional.of(Pass.of(teacher.architecture(), input)));
  }

  private static QuantizedNetwork student(String model, String quantizer, NDManager manager) {
    Draws draws = Draws.of("student");
    QuantizedNetwork student =
        QuantizedNetwork.build(model, TARGET, quantizer, Bits.parse("w4a4"), draws, manager);
    student.calibrate(List.of(images(manager)));
    return student;
  }

  private static NDArray images(NDManager manager) {
    UniformRandomProvider draws = Draws.of("input").at(0, "image");
    Shape shape = new Shape(2, 3, 16, 24);
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = draws.nextFloat();
    }
    return Tensors.aligned(values, shape, manager);
  }

  /** Copies of a student as the trainer gives them. */
  private record Twins(QuantizedNetwork student, List<NDArray> averages) implements StudentCopies {
    @Override
    public Copy copy(NDManager parent) {
      QuantizedNetwork copy = student.copy(parent);
      return new Copy(
          copy.network().architecture(),
          List.of(copy.network().parameters(), copy.quantization().learned()));
    }

    @Override
    public List<NDArray> current() {
      return List.of(
          student.network().parameters().flat(), student.quantization().learned().flat());
    }

    @Override
    public double decay() {
      return 0.9;
    }
  }
}
