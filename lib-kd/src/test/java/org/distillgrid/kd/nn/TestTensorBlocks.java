package org.distillgrid.kd.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.nn.block.BilinearResize;
import org.distillgrid.kd.nn.block.MaxPool;
import org.junit.jupiter.api.Test;

/** Small blocks against values worked out by hand. */
class TestTensorBlocks {
  @Test
  void shufflesChannelsIntoPixels() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray input = manager.arange(8f).reshape(1, 4, 1, 2);
      NDArray shuffled = PixelShuffle.of(input, 2);
      assertThat(shuffled.getShape()).isEqualTo(new Shape(1, 1, 2, 4));
      assertThat(shuffled.toFloatArray()).containsExactly(0, 2, 1, 3, 4, 6, 5, 7);
    }
  }

  @Test
  void refusesToShuffleAWrongNumberOfChannels() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray input = manager.ones(new Shape(1, 6, 2, 2));
      assertThatThrownBy(() -> PixelShuffle.of(input, 2))
          .hasMessage("Cannot shuffle pixels by 2: (1, 6, 2, 2)");
    }
  }

  @Test
  void interpolatesBetweenPixelCentres() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray input = manager.create(new float[] {0, 4}, new Shape(1, 1, 1, 2));
      NDArray resized = BilinearResize.of(input, 2, 4);
      assertThat(resized.toFloatArray()).containsExactly(0, 1, 3, 4, 0, 1, 3, 4);
    }
  }

  @Test
  void poolsOnlyWholeWindows() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray input = manager.arange(36f).reshape(1, 1, 6, 6);
      NDArray pooled = MaxPool.of(input, 3, 2);
      assertThat(pooled.getShape()).isEqualTo(new Shape(1, 1, 2, 2));
      assertThat(pooled.toFloatArray()).containsExactly(14, 16, 26, 28);
    }
  }
}
