package org.distillgrid.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.LibUtils;
import java.util.LinkedHashMap;
import java.util.Map;
import org.distillgrid.kd.nn.Gpus;
import org.distillgrid.kd.nn.HostValues;
import org.distillgrid.kd.train.TrainingDevice;

/** Whether PyTorch loads in a JVM, and a product of two matrices comes out right on the device. */
final class GpuEngine {
  private static final int SIDE = 64;

  private GpuEngine() {}

  static Map<String, Object> run(GpuSetting setting) {
    TrainingDevice device = setting.device();
    Map<String, Object> found = new LinkedHashMap<>();
    found.put("version", device.engineVersion());
    found.put("library", LibUtils.getLibtorchPath());
    found.put("gpus", Gpus.count());
    found.put("device", device.name());
    try (NDManager manager = device.open()) {
      NDArray ones = manager.ones(new Shape(SIDE, SIDE));
      found.put("product_right", HostValues.number(ones.matMul(ones).mean()) == SIDE);
    }
    return found;
  }
}
