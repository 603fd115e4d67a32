package org.distillgrid.kd.eval;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.nn.Tensors;

/** What a network is given of one image: values in [0, 1], C×H×W, on the host. */
record InputImage(int channels, int height, int width, float[] values) {
  long pixels() {
    return (long) height * width;
  }

  InputImage crop(Tiling.Span rows, Tiling.Span columns) {
    int tileHeight = rows.end() - rows.start();
    int tileWidth = columns.end() - columns.start();
    float[] tile = new float[channels * tileHeight * tileWidth];
    for (int line = 0; line < channels * tileHeight; line++) {
      int row = line / tileHeight * height + rows.start() + line % tileHeight;
      System.arraycopy(values, row * width + columns.start(), tile, line * tileWidth, tileWidth);
    }
    return new InputImage(channels, tileHeight, tileWidth, tile);
  }

  NDArray tensor(NDManager manager) {
    return Tensors.aligned(values, new Shape(1, channels, height, width), manager);
  }
}
