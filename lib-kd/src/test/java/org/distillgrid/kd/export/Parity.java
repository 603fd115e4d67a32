package org.distillgrid.kd.export;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.apache.commons.rng.UniformRandomProvider;
import org.distillgrid.kd.nn.Multiplication;
import org.distillgrid.kd.nn.Tensors;
import org.distillgrid.kd.quant.QuantizedNetwork;
import org.distillgrid.kd.quant.UniformGrid;
import org.distillgrid.kd.random.Draws;

/** How an exported student and the student itself differ on the same images. */
final class Parity {
  private Parity() {}

  /** Returns images in [0, 1], the same every time. */
  static NDArray images(NDManager manager, long... shape) {
    UniformRandomProvider draws = Draws.of("images").at(0, "values");
    float[] values = new float[Math.toIntExact(new Shape(shape).size())];
    for (int i = 0; i < values.length; i++) {
      // Neighbours resemble each other, as in images.
      values[i] = 0.3f * draws.nextFloat() + 0.35f * (1 + (float) Math.sin(i / 9.0));
    }
    return Tensors.aligned(values, new Shape(shape), manager);
  }

  /**
   * Returns the greatest step of an activation: where two runtimes add up in another order, a value
   * may fall onto the next level. At full precision that is 1e-4.
   */
  static double step(QuantizedNetwork student) {
    double greatest = 1e-4;
    for (Multiplication layer : student.network().multiplications()) {
      for (UniformGrid grid : student.quantization().grids(layer).input().stream().toList()) {
        greatest = Math.max(greatest, grid.scale()[0]);
      }
    }
    return greatest;
  }

  /** Returns the greatest difference between the outputs. */
  static double greatest(QuantizedNetwork student, OnnxFile file, NDArray images) {
    float[] wanted = student.network().forward(images).toFloatArray();
    try (OnnxSession session = OnnxSession.open(file.bytes())) {
      float[] output = session.run(images.toFloatArray(), images.getShape().getShape());
      if (output.length != wanted.length) {
        throw new AssertionError(output.length + " values, not " + wanted.length);
      }
      double greatest = 0;
      for (int i = 0; i < wanted.length; i++) {
        greatest = Math.max(greatest, Math.abs(output[i] - wanted[i]));
      }
      return greatest;
    }
  }
}
