package org.distillgrid.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.image.UnitRange;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.nn.HostValues;
import org.distillgrid.kd.nn.Inference;
import org.distillgrid.kd.nn.Tensors;
import org.distillgrid.kd.train.CohortSetup;
import org.distillgrid.kd.train.TrainingDevice;
import org.distillgrid.kd.train.patches.PatchSource;

/** The teacher's output on the device against that on the CPU, over the first patches. */
final class GpuForward {
  private static final int PATCHES = 4;
  private static final int WARM_UP = 3;
  private static final int ROUNDS = 10;
  private static final double NANOSECONDS_PER_MILLISECOND = 1e6;

  private GpuForward() {}

  static Map<String, Object> run(GpuSetting setting) {
    CohortSetup.Teacher teacher = setting.teacher();
    PatchSource patches = setting.patches();
    List<PlanarImage> inputs = new ArrayList<>();
    for (int i = 0; i < PATCHES; i++) {
      inputs.add(patches.pair(i).input());
    }
    List<Double> times = new ArrayList<>();
    float[] here = outputs(teacher, inputs, setting.device(), times);
    float[] onCpu = outputs(teacher, inputs, TrainingDevice.of(List.of(), 1), new ArrayList<>());
    double greatest = 0;
    for (int i = 0; i < here.length; i++) {
      greatest = Math.max(greatest, Math.abs((double) here[i] - onCpu[i]));
    }
    double[] sorted = times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    Map<String, Object> found = new LinkedHashMap<>();
    found.put("device", setting.device().name());
    found.put("max_difference", greatest);
    found.put("median_ms", Stopwatch.median(sorted));
    found.put("min_ms", sorted[0]);
    return found;
  }

  private static float[] outputs(
      CohortSetup.Teacher teacher,
      List<PlanarImage> inputs,
      TrainingDevice device,
      List<Double> times) {
    try (NDManager manager = device.open();
        Network network = GpuSetting.open(teacher, manager)) {
      NDArray batch = batch(inputs, manager);
      for (int i = 0; i < WARM_UP + ROUNDS; i++) {
        long started = System.nanoTime();
        try (NDArray output = Inference.output(network.architecture(), batch)) {
          HostValues.number(output.mean());
        }
        if (i >= WARM_UP) {
          times.add((System.nanoTime() - started) / NANOSECONDS_PER_MILLISECOND);
        }
      }
      return HostValues.of(Inference.output(network.architecture(), batch));
    }
  }

  private static NDArray batch(List<PlanarImage> inputs, NDManager manager) {
    PlanarImage first = inputs.get(0);
    int size = first.samples().length;
    float[] values = new float[inputs.size() * size];
    for (int i = 0; i < inputs.size(); i++) {
      System.arraycopy(UnitRange.of(inputs.get(i)), 0, values, i * size, size);
    }
    Shape shape = new Shape(inputs.size(), first.channels(), first.height(), first.width());
    return Tensors.aligned(values, shape, manager);
  }
}
