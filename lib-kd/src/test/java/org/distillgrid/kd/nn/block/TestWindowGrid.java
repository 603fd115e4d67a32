package org.distillgrid.kd.nn.block;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TestWindowGrid {
  private NDManager owner;
  private NDManager step;

  @BeforeEach
  void open() {
    owner = NDManager.newBaseManager();
    step = owner.newSubManager();
  }

  @AfterEach
  void close() {
    owner.close();
  }

  @Test
  void numbersOffsetsRowByRow() {
    NDArray offsets = new WindowGrid(2).offsets(owner, step);
    assertThat(offsets.toLongArray())
        .containsExactly(4, 3, 1, 0, 5, 4, 2, 1, 7, 6, 4, 3, 8, 7, 5, 4);
  }

  @Test
  void hidesWhatTheRollBroughtTogether() {
    // One row of two windows of 2×2: the rows are rolled within both, the columns in the last.
    NDArray mask = new WindowGrid(2).mask(2, 4, owner, step);
    float n = -100;
    assertThat(mask.getShape()).isEqualTo(new Shape(2, 1, 4, 4));
    assertThat(mask.toFloatArray())
        .containsExactly(
            0, 0, n, n, 0, 0, n, n, n, n, 0, 0, n, n, 0, 0, //
            0, n, n, n, n, 0, n, n, n, n, 0, n, n, n, n, 0);
  }

  @Test
  void keepsTheMaskOfOneSize() {
    WindowGrid grid = new WindowGrid(4);
    assertThat(kept(grid, 8, 8)).isEqualTo(1);
    assertThat(kept(grid, 8, 12)).isEqualTo(1);
    assertThat(grid.mask(8, 12, owner, step).getShape()).isEqualTo(new Shape(6, 1, 16, 16));
    assertThat(grid.mask(12, 4, owner, step).getShape()).isEqualTo(new Shape(3, 1, 16, 16));
  }

  private int kept(WindowGrid grid, long rows, long columns) {
    try (NDManager pass = owner.newSubManager()) {
      assertThat(grid.mask(rows, columns, owner, pass).getManager()).isSameAs(pass);
    }
    return owner.getManagedArrays().size();
  }
}
