package org.distillgrid.kd.weights.torch;

import java.util.Map;
import java.util.TreeMap;
import org.distillgrid.kd.weights.StoredType;

/** How PyTorch spells its storage classes and types. */
final class TorchNames {
  /** The attribute of a state dict that carries our metadata. */
  static final String METADATA = "distill_grid";

  /** Classes of storages, in the module {@code torch}. */
  static final Map<String, StoredType> STORAGES =
      new TreeMap<>(
          Map.of(
              "HalfStorage", StoredType.HALF,
              "BFloat16Storage", StoredType.BFLOAT,
              "FloatStorage", StoredType.SINGLE,
              "DoubleStorage", StoredType.DOUBLE,
              "CharStorage", StoredType.INT8,
              "ByteStorage", StoredType.UINT8,
              "ShortStorage", StoredType.INT16,
              "IntStorage", StoredType.INT32,
              "LongStorage", StoredType.INT64,
              "BoolStorage", StoredType.BOOL));

  private TorchNames() {}
}
