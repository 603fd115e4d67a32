package org.distillgrid.kd.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.List;
import org.distillgrid.kd.nn.block.LayerNorm;
import org.distillgrid.kd.nn.block.Roll;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Layers over the last axis, and what moves tokens, against values worked out by hand. */
class TestTokenLayers {
  /** Doubles the left operand and adds one to the right one. */
  private static final OperandTransform CHANGING =
      new OperandTransform() {
        @Override
        public NDArray input(NDArray input) {
          return input.mul(2);
        }

        @Override
        public NDArray weight(NDArray weight) {
          return weight.add(1);
        }
      };

  private final ParameterSet parameters = new ParameterSet();
  private final List<Multiplication> made = new ArrayList<>();
  private final LayerFactory layers = LayerFactory.into(parameters, made, Draws.of("t"));
  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    parameters.close();
    manager.close();
  }

  @Test
  void aLinearLayerMultipliesTheLastAxis() {
    Linear linear = layers.linear("fc", 2, 3, InputRange.SIGNED);
    parameters.open(manager).overwrite(new float[] {1, 2, 3, 4, 5, 6, 10, 20, 30});
    NDArray input = manager.create(new float[] {1, 0, 1, -1}, new Shape(1, 2, 2));
    assertThat(linear.forward(input).toFloatArray()).containsExactly(11, 23, 35, 9, 19, 29);
    linear.attach(CHANGING);
    assertThat(linear.forward(input).toFloatArray()).containsExactly(14, 28, 42, 8, 18, 28);
    assertThat(made).containsExactly(linear);
    assertThat(linear.kernel()).isEqualTo("2→3");
    Shape shape = input.getShape();
    assertThat(linear.outputShape(shape, linear.weight().shape())).isEqualTo(new Shape(1, 2, 3));
    assertThat(linear.macs(shape, linear.weight().shape())).isEqualTo(12);
  }

  @Test
  void aLinearLayerPassesGradientsToWeightAndBias() {
    Linear linear = layers.linear("fc", 2, 1, InputRange.SIGNED);
    parameters.open(manager).trainable();
    try (NDManager pass = manager.newSubManager();
        GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDArray input = pass.create(new float[] {1, 2, 3, 4}, new Shape(2, 2));
      collector.backward(linear.forward(input).sum());
      assertThat(parameters.gradient(pass).toFloatArray()).containsExactly(4, 6, 2);
    }
  }

  @Test
  void aLinearLayerMayHaveNoBias() {
    Linear linear = layers.linear("fc", 2, 1, InputRange.SIGNED, ConvShape.Bias.ABSENT);
    parameters.open(manager).overwrite(new float[] {1, 2});
    NDArray input = manager.create(new float[] {3, 4}, new Shape(1, 2));
    assertThat(linear.forward(input).toFloatArray()).containsExactly(11);
    assertThat(linear.bias()).isEmpty();
  }

  @Test
  void aProductMultipliesActivations() {
    MatrixProduct product = layers.under("attn").product("scores", InputRange.SIGNED);
    NDArray left = manager.create(new float[] {1, 2, 3, 4}, new Shape(1, 2, 2));
    NDArray right = manager.create(new float[] {1, 0, 2, 0, 1, 3}, new Shape(1, 2, 3));
    assertThat(product.of(left, right).toFloatArray()).containsExactly(1, 2, 8, 3, 4, 18);
    product.attach(CHANGING);
    assertThat(product.of(left, right).toFloatArray()).containsExactly(8, 10, 22, 20, 22, 50);
    assertThat(product.name()).isEqualTo("attn.scores");
    assertThat(product.outputShape(left.getShape(), right.getShape()))
        .isEqualTo(new Shape(1, 2, 3));
    assertThat(product.macs(left.getShape(), right.getShape())).isEqualTo(12);
  }

  @Test
  void layerNormalisationWorksOnTheLastAxis() {
    LayerNorm norm = new LayerNorm(layers, 2, 0);
    parameters.open(manager).overwrite(new float[] {1, 2, 10, 20});
    NDArray input = manager.create(new float[] {1, 3, 5, -5}, new Shape(2, 2));
    assertThat(norm.forward(input).toFloatArray())
        .containsExactly(new float[] {9, 22, 11, 18}, within(1e-5f));
  }

  @Test
  void rollsBothWays() {
    NDArray input = manager.arange(6f).reshape(2, 3);
    assertThat(Roll.of(input, 1, -1).toFloatArray()).containsExactly(1, 2, 0, 4, 5, 3);
    assertThat(Roll.of(input, 1, 1).toFloatArray()).containsExactly(2, 0, 1, 5, 3, 4);
    assertThat(Roll.of(input, 0, 3).toFloatArray()).containsExactly(3, 4, 5, 0, 1, 2);
    assertThat(Roll.of(input, 1, 6)).isSameAs(input);
  }

  @Test
  void scratchKeepsTheOutputOnly() {
    NDArray input = manager.arange(3f);
    int before = manager.getManagedArrays().size();
    NDArray output = Scratch.run(input, x -> x.add(1).mul(2).sub(x));
    assertThat(output.toFloatArray()).containsExactly(2, 3, 4);
    assertThat(output.getManager()).isSameAs(manager);
    assertThat(manager.getManagedArrays()).hasSize(before + 1);
  }

  @Test
  void scratchLetsGradientsThrough() {
    layers.parameter("p", new Shape(2), Initializer.constant(3));
    parameters.open(manager).trainable();
    Parameter parameter = parameters.all().iterator().next();
    try (NDManager pass = manager.newSubManager();
        GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      NDArray squared = Scratch.run(parameter.in(pass), x -> x.mul(x).mul(2));
      collector.backward(squared.sum());
      assertThat(parameters.gradient(pass).toFloatArray()).containsExactly(12, 12);
    }
  }
}
