package org.distillgrid.kd.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import org.distillgrid.kd.nn.block.ChannelNorm;
import org.distillgrid.kd.nn.block.ChannelScale;
import org.distillgrid.kd.nn.block.Halves;
import org.distillgrid.kd.nn.block.PixelUnshuffle;
import org.distillgrid.kd.random.Draws;
import org.junit.jupiter.api.Test;

/** Blocks that work on channels, against values worked out by hand. */
class TestChannelBlocks {
  @Test
  void unshufflesWhatWasShuffled() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray input = manager.arange(96f).reshape(2, 4, 3, 4);
      assertThat(PixelUnshuffle.of(PixelShuffle.of(input, 2), 2)).isEqualTo(input);
      NDArray row = manager.arange(8f).reshape(1, 1, 2, 4);
      assertThat(PixelUnshuffle.of(row, 2).toFloatArray()).containsExactly(0, 2, 1, 3, 4, 6, 5, 7);
      assertThatThrownBy(() -> PixelUnshuffle.of(input, 2))
          .hasMessage("Cannot unshuffle pixels by 2: (2, 4, 3, 4)");
    }
  }

  @Test
  void normalisesEachPixelOverItsChannels() {
    try (NDManager manager = NDManager.newBaseManager();
        ParameterSet parameters = new ParameterSet()) {
      LayerFactory layers = LayerFactory.into(parameters, new ArrayList<>(), Draws.of("t"));
      ChannelNorm norm = new ChannelNorm(layers.under("norm"), 2, 0.75f);
      ChannelScale scale = new ChannelScale(layers.under("scale"), 2, 0.75f);
      parameters.open(manager);
      parameters.overwrite(new float[] {1, 2, 10, 20, 1, 2});
      // Pixels (1, 2) and (4, 9): means 1.5 and 6.5, variances 0.25 and 6.25.
      NDArray input = manager.create(new float[] {1, 4, 2, 9}, new Shape(1, 2, 1, 2));
      float second = (float) (1 / Math.sqrt(7));
      assertThat(norm.forward(input).toFloatArray())
          .containsExactly(
              new float[] {9.5f, 10 - 2.5f * second, 21, 20 + 5 * second}, within(1e-5f));
      assertThat(scale.forward(input).toFloatArray())
          .containsExactly(new float[] {1, 4 * second, 4, 18 * second}, within(1e-5f));
    }
  }

  @Test
  void multipliesTheHalvesOfTheChannels() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray input = manager.arange(8f).reshape(2, 4, 1, 1);
      assertThat(Halves.of(input).product().toFloatArray()).containsExactly(0, 3, 24, 35);
    }
  }

  @Test
  void aBlockLeavesNothingButItsOutput() {
    try (NDManager manager = NDManager.newBaseManager();
        NDManager step = manager.newSubManager()) {
      NDArray input = step.arange(4f);
      int before = ((BaseNDManager) step).getManagedArrays().size();
      NDArray output = Scratch.run(input, x -> x.add(1).mul(x));
      assertThat(output.toFloatArray()).containsExactly(0, 2, 6, 12);
      assertThat(output.getManager()).isSameAs(step);
      assertThat(((BaseNDManager) step).getManagedArrays()).hasSize(before + 1);
    }
  }
}
