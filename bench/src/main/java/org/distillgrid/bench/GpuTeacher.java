package org.distillgrid.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.weights.Safetensors;

/** Writes an untrained RLFN ×2, for a check that is given no trained one. */
public final class GpuTeacher {
  private GpuTeacher() {}

  /** Runs {@code FILE}. */
  public static void main(String[] arguments) {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu());
        Network network = Network.build("rlfn", GpuSetting.TARGET, Draws.of("teacher"), manager)) {
      Safetensors.write(network.checkpoint(), Path.of(arguments[0]));
    }
  }
}
