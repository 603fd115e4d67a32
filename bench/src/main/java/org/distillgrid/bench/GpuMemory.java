package org.distillgrid.bench;

import ai.djl.util.cuda.CudaUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.distillgrid.kd.train.TrainingDevice;

/**
 * What a training holds after a quarter of its steps and after the last: the process's resident
 * memory, and all of the GPU's that is in use, by whomever.
 */
final class GpuMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final double MEBIBYTE = 1024 * 1024;
  private static final double KIBIBYTES = 1024;

  private GpuMemory() {}

  static Map<String, Object> run(GpuSetting setting) {
    TrainingDevice device = setting.device();
    int steps = setting.whole("--steps");
    Map<String, Object> found = new LinkedHashMap<>();
    found.put("device", device.name());
    found.put("steps", steps);
    GpuStep.train(
        setting,
        steps,
        new GpuListener(
            step -> {
              if (step == Math.max(1, steps / 4)) {
                sample("quarter", device, found);
              }
              if (step == steps) {
                sample("end", device, found);
              }
            }));
    return found;
  }

  private static void sample(String when, TrainingDevice device, Map<String, Object> found) {
    found.put("host_mib_" + when, residentMebibytes());
    if (device.device().isGpu()) {
      double used = CudaUtils.getGpuMemory(device.device()).getUsed() / MEBIBYTE;
      found.put("gpu_mib_" + when, used);
    }
  }

  private static double residentMebibytes() {
    try {
      String line =
          Files.readAllLines(STATUS).stream()
              .filter(each -> each.startsWith("VmRSS:"))
              .findFirst()
              .orElseThrow();
      return Double.parseDouble(line.replaceAll("\\D+", "")) / KIBIBYTES;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
