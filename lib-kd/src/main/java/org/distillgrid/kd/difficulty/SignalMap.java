package org.distillgrid.kd.difficulty;

import java.util.Objects;

/**
 * One difficulty signal of one patch.
 *
 * @param cells the 8×8 grid, row-major, not normalised; the array is shared, not copied
 */
public record SignalMap(float[] cells) {
  /** Checks the number of cells. */
  public SignalMap {
    Objects.requireNonNull(cells, "cells");
    if (cells.length != DifficultySignals.GRID * DifficultySignals.GRID) {
      throw new IllegalArgumentException("A signal has 64 cells, not " + cells.length);
    }
  }

  /** Returns the mean of the cells. */
  public double mean() {
    double sum = 0;
    for (float cell : cells) {
      sum += cell;
    }
    return sum / cells.length;
  }
}
