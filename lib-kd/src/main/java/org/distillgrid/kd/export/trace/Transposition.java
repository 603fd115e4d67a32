package org.distillgrid.kd.export.trace;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import org.distillgrid.kd.export.onnx.Attribute;

/** The weight of a linear layer the other way round: in×out. */
final class Transposition {
  private Transposition() {}

  static Operand of(Recorder recorder, Operand weight) {
    if (weight instanceof Operand.Constant constant) {
      long[] dims = constant.dims();
      int rows = Math.toIntExact(dims[0]);
      int columns = Math.toIntExact(dims[1]);
      return new Operand.Constant(
          constant.name(),
          new long[] {columns, rows},
          () -> transposed(constant.values(), rows, columns));
    }
    Optional<StoredWeight> stored = recorder.storedWeight(weight);
    if (stored.isPresent()) {
      return stored.get().transposed().record(recorder);
    }
    Step maker = recorder.maker(weight);
    Shape shape = maker.shapes().get(0);
    return recorder.add(
        "Transpose",
        new Shape(shape.get(1), shape.get(0)),
        List.of(weight),
        Call.attributes("perm", Attribute.of(new long[] {1, 0})));
  }

  private static float[] transposed(float[] values, int rows, int columns) {
    float[] transposed = new float[values.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        transposed[column * rows + row] = values[row * columns + column];
      }
    }
    return transposed;
  }
}
