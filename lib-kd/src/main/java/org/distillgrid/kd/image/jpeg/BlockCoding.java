package org.distillgrid.kd.image.jpeg;

/** Takes a component through the blocks of JPEG: transformed, rounded, transformed back. */
final class BlockCoding {
  private static final int SIDE = CosineTransform.SIDE;
  private static final int CENTRE = 128;

  private final QuantizationTable table;
  private final int[] block = new int[SIDE * SIDE];

  BlockCoding(QuantizationTable table) {
    this.table = table;
  }

  /** Returns what is decoded; blocks that reach beyond the border repeat its samples. */
  SamplePlane decoded(SamplePlane plane) {
    int[] samples = new int[plane.samples().length];
    for (int row = 0; row < plane.height(); row += SIDE) {
      for (int column = 0; column < plane.width(); column += SIDE) {
        load(plane, row, column);
        CosineTransform.forward(block);
        for (int i = 0; i < block.length; i++) {
          block[i] = table.rounded(i, block[i]);
        }
        CosineTransform.inverse(block);
        store(samples, plane, row, column);
      }
    }
    return new SamplePlane(plane.height(), plane.width(), samples);
  }

  private void load(SamplePlane plane, int row, int column) {
    for (int i = 0; i < block.length; i++) {
      block[i] = plane.nearest(row + i / SIDE, column + i % SIDE) - CENTRE;
    }
  }

  private void store(int[] samples, SamplePlane plane, int row, int column) {
    int rows = Math.min(SIDE, plane.height() - row);
    int columns = Math.min(SIDE, plane.width() - column);
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        samples[(row + r) * plane.width() + column + c] =
            SamplePlane.clamped(block[r * SIDE + c] + CENTRE);
      }
    }
  }
}
