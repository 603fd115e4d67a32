package org.distillgrid.kd.export.trace;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * The input sizes at which a network is run to see which lengths go with which axis: a first one,
 * one more for each axis that grows alone, and one where all have grown.
 */
public final class Samples {
  private static final int LEAST_STEP = 16;
  // What is missing to a multiple differs between the last sample and the first along both axes,
  // for multiples of 2 too, and no sample is whole along both.
  private static final int ROWS = 3;
  private static final int COLUMNS = 6;

  private Samples() {}

  /**
   * Returns the input shapes.
   *
   * @param channels of the image
   * @param multiple to which the network enlarges height and width by itself; no sample is one
   */
  public static List<Shape> of(int channels, long multiple) {
    long step = Math.max(LEAST_STEP, multiple);
    long rows = 2 * step + ROWS;
    long columns = 3 * step + COLUMNS;
    return List.of(
        new Shape(1, channels, rows, columns),
        new Shape(2, channels, rows, columns),
        new Shape(1, channels, rows + step, columns),
        new Shape(1, channels, rows, columns + step),
        new Shape(3, channels, rows + 3 * step - 1, columns + 2 * step - 1));
  }
}
