package org.distillgrid.kd.nn;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Numbers that the device fills in give the bits that DJL's own give. */
class TestFilled {
  private static final float[] VALUES = {
    -7.3f, -1, -0.0f, 0, 1e-9f, 0.3f, 1, 6.5f, Float.NaN, Float.POSITIVE_INFINITY
  };

  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void sumsAreThoseOfDjl() {
    assertSame(x -> Shifted.by(0.1, x), x -> x.add(0.1));
    assertSame(x -> Shifted.by(-1, x), x -> x.sub(1));
    assertSame(x -> Scaled.inPlace(0.1, x.duplicate()), x -> x.duplicate().muli(0.1));
  }

  @Test
  void clippedValuesAndTheirGradientsAreThoseOfDjl() {
    assertSame(x -> Clipped.between(-1, 1, x), x -> x.clip(-1, 1));
    assertSame(
        x -> Clipped.between(1e-9f, Float.MAX_VALUE, x), x -> x.clip(1e-9f, Float.MAX_VALUE));
    assertThat(gradient(x -> Clipped.between(-1, 1, x))).isEqualTo(gradient(x -> x.clip(-1, 1)));
  }

  @Test
  void aDoubleBesideAScalarStaysSingle() {
    NDArray scalar = manager.ones(new Shape());
    assertThat(Shifted.by(1e-6, scalar).getDataType()).isEqualTo(DataType.FLOAT32);
  }

  @Test
  void channelsLieAlongTheSecondAxis() {
    NDArray three = Filled.channels(new float[] {1, 2, 3}, manager.ones(new Shape(1)));
    assertThat(three.getShape()).isEqualTo(new Shape(1, 3, 1, 1));
    assertThat(HostValues.of(three)).containsExactly(1, 2, 3);
  }

  @Test
  void readingLeavesNothingBehind() {
    NDArray square = manager.ones(new Shape(2, 3)).transpose();
    NDArray scalar = square.sum();
    int before = manager.getManagedArrays().size();

    assertThat(HostValues.of(square)).hasSize(6).containsOnly(1);
    assertThat(HostValues.number(scalar)).isEqualTo(6);
    List<float[]> both = HostValues.together(List.of(scalar, square));

    assertThat(both.get(0)).containsExactly(6);
    assertThat(both.get(1)).hasSize(6).containsOnly(1);
    assertThat(HostValues.together(List.of())).isEmpty();
    assertThat(manager.getManagedArrays()).hasSize(before);
  }

  private void assertSame(UnaryOperator<NDArray> ours, UnaryOperator<NDArray> djls) {
    NDArray x = manager.create(VALUES);
    assertThat(HostValues.of(ours.apply(x))).isEqualTo(HostValues.of(djls.apply(x)));
  }

  private float[] gradient(UnaryOperator<NDArray> operation) {
    NDArray x = manager.create(new float[] {-2, -1, 0.5f, 1, 3});
    x.setRequiresGradient(true);
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      collector.backward(operation.apply(x).square().sum());
    }
    return HostValues.of(x.getGradient());
  }
}
