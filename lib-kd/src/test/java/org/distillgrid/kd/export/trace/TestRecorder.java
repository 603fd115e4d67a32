package org.distillgrid.kd.export.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.nn.PixelShuffle;
import org.distillgrid.kd.nn.block.PixelUnshuffle;
import org.junit.jupiter.api.Test;

class TestRecorder {
  private static final Shape SHAPE = new Shape(1, 4, 6, 8);

  @Test
  void writesDownWhatDependsOnTheInput() {
    Trace trace =
        run(
            SHAPE,
            x -> {
              NDArray constant = x.getManager().ones(new Shape(4, 1, 1)).mul(2).square();
              return x.add(constant).addi(1).getNDArrayInternal().relu();
            });
    assertThat(trace.steps()).extracting(Step::operator).containsExactly("Add", "Add", "Relu");
    Operand.Constant constant = (Operand.Constant) trace.steps().get(0).operands().get(1);
    assertThat(constant.values()).containsExactly(4, 4, 4, 4);
    assertThat(trace.steps().get(1).operands())
        .containsExactly(new Operand.Result(0, 0), new Operand.Scalar(1));
  }

  @Test
  void namesAnOperationWithoutForm() {
    assertThatThrownBy(() -> run(SHAPE, x -> x.getNDArrayInternal().selu()))
        .isInstanceOf(GridException.class)
        .hasMessage("Cannot export the network: its operation selu has no form in ONNX here");
    assertThatThrownBy(() -> run(SHAPE, x -> x.mul(x.toFloatArray()[0])))
        .hasMessage(
            "Cannot export the network: its operation toFloatArray has no form in ONNX here");
    assertThatThrownBy(() -> run(SHAPE, x -> x.get("0, :")))
        .hasMessageStartingWith("Cannot export the network: its operation get(");
  }

  @Test
  void recognisesPixelShuffles() {
    Trace shuffled = run(SHAPE, x -> PixelShuffle.of(x, 2));
    assertThat(last(shuffled).operator()).isEqualTo("DepthToSpace");
    assertThat(last(shuffled).operands()).containsExactly(new Operand.Input());
    Trace unshuffled = run(SHAPE, x -> PixelUnshuffle.of(x, 2));
    assertThat(last(unshuffled).operator()).isEqualTo("Conv");
    assertThat(unshuffled.outputShape()).isEqualTo(new Shape(1, 16, 3, 4));
  }

  @Test
  void findsHowLengthsGoWithTheSize() {
    Unification.Outcome outcome =
        unified(
            x -> {
              long rows = x.getShape().get(2);
              long columns = x.getShape().get(3);
              NDArray cut = x.get(":,:,:{},:{}", rows - 1, columns - 2);
              long pixels = (rows - 1) * (columns - 2);
              return cut.reshape(x.getShape().get(0), 4, pixels)
                  .mul(1 / Math.sqrt((double) rows * columns));
            });
    List<Step> steps = outcome.trace().orElseThrow().steps();
    assertThat(steps.get(0).operands().get(2))
        .isEqualTo(
            new Operand.LengthLaws(
                List.of(
                    new LengthLaw.OfInput(List.of(2), 1, -1),
                    new LengthLaw.OfInput(List.of(3), 1, -2))));
    assertThat(steps.get(1).operands().get(1))
        .isEqualTo(
            new Operand.LengthLaws(
                List.of(
                    new LengthLaw.OfInput(List.of(0), 1, 0),
                    new LengthLaw.Fixed(4),
                    new LengthLaw.Fixed(-1))));
    assertThat(steps.get(2).operands().get(1)).isEqualTo(new Operand.ScalarLaw(1, -0.5f));
  }

  @Test
  void saysWhatGoesWithTheSizeInNoKnownWay() {
    assertThat(unified(x -> x.mul(Math.sin(x.getShape().get(2)))).obstacle())
        .isEqualTo("what its Mul  reads goes with the size in no known way");
    assertThat(unified(x -> x.getShape().get(2) > 40 ? x.neg() : x.abs()).obstacle())
        .isEqualTo("it takes other steps at other sizes, the first Abs");
  }

  private static Step last(Trace trace) {
    return trace.steps().get(trace.output().step());
  }

  private static Unification.Outcome unified(UnaryOperator<NDArray> network) {
    List<Trace> traces = new ArrayList<>();
    for (Shape sample : Samples.of(4, 1)) {
      traces.add(run(sample, network));
    }
    return Unification.of(traces);
  }

  private static Trace run(Shape shape, UnaryOperator<NDArray> network) {
    Recorder recorder = new Recorder();
    try (NDManager real = NDManager.newBaseManager()) {
      NDArray input = recorder.start(shape, recorder.manager(real));
      return recorder.trace(shape, network.apply(input));
    }
  }
}
