package org.distillgrid.kd.nn.block;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.nn.Tensors;

/**
 * What all square windows of one network share: the offset between any two places of a window, and
 * which places of a shifted window do not see each other. Both are made once and kept, the second
 * one for the image size seen last.
 */
public final class WindowGrid {
  // What is taken off the score of two places that do not see each other; as in the authors' code.
  private static final float HIDING = 100;

  private final int side;
  private NDArray offsets;
  private NDArray mask;
  private long maskRows;
  private long maskColumns;

  /** Makes a grid of windows of {@code side} × {@code side} places. */
  public WindowGrid(int side) {
    this.side = side;
  }

  /** Returns the places along a window's side. */
  public int side() {
    return side;
  }

  /** Returns by how many places every other grid is shifted: half a window. */
  public int shift() {
    return side / 2;
  }

  /** Returns how many offsets two places of a window can have. */
  int offsetCount() {
    return (2 * side - 1) * (2 * side - 1);
  }

  /**
   * Returns the number of the offset from any place (row by row) to any other, as one row of whole
   * numbers.
   *
   * @param owner keeps them as long as the network lives
   * @param step the manager of what is returned
   */
  synchronized NDArray offsets(NDManager owner, NDManager step) {
    if (offsets == null) {
      offsets = owner.create(offsetNumbers());
    }
    return alias(offsets, step);
  }

  /**
   * Returns what is added to the scores of shifted windows, windows × 1 × places × places: −100
   * where the roll has brought two places together that are no neighbours, 0 elsewhere.
   *
   * @param owner keeps it until another size is asked for
   * @param step the manager of what is returned
   */
  synchronized NDArray mask(long rows, long columns, NDManager owner, NDManager step) {
    if (mask == null || rows != maskRows || columns != maskColumns) {
      if (mask != null) {
        mask.close();
      }
      mask = newMask(rows, columns, owner);
      maskRows = rows;
      maskColumns = columns;
    }
    return alias(mask, step);
  }

  private long[] offsetNumbers() {
    int places = side * side;
    long[] numbers = new long[places * places];
    for (int from = 0; from < places; from++) {
      for (int to = 0; to < places; to++) {
        int down = from / side - to / side + side - 1;
        int right = from % side - to % side + side - 1;
        numbers[from * places + to] = (long) down * (2 * side - 1) + right;
      }
    }
    return numbers;
  }

  private NDArray newMask(long rows, long columns, NDManager owner) {
    long windows = rows / side * (columns / side);
    long places = (long) side * side;
    try (NDManager scratch = owner.newSubManager()) {
      NDArray regions =
          Tensors.aligned(regions(rows, columns), new Shape(windows, 1, 1, places), scratch);
      NDArray same =
          regions.eq(regions.reshape(windows, 1, places, 1)).toType(DataType.FLOAT32, false);
      NDArray made = Scaled.by(HIDING, same.sub(1));
      made.attach(owner);
      return made;
    }
  }

  // The region of each place, window by window; places of one region were neighbours before.
  private float[] regions(long rows, long columns) {
    float[] regions = new float[Math.toIntExact(rows * columns)];
    int next = 0;
    for (long top = 0; top < rows; top += side) {
      for (long left = 0; left < columns; left += side) {
        for (long row = top; row < top + side; row++) {
          for (long column = left; column < left + side; column++) {
            regions[next++] = 2 * wrapped(row, rows) + wrapped(column, columns);
          }
        }
      }
    }
    return regions;
  }

  // Only the last window has two parts: its end came from the image's other side.
  private int wrapped(long place, long length) {
    if (place < length - shift()) {
      return 0;
    }
    return 1;
  }

  private static NDArray alias(NDArray array, NDManager step) {
    NDArray alias = array.reshape(array.getShape());
    alias.attach(step);
    return alias;
  }
}
