package org.distillgrid.kd.train;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.List;
import org.distillgrid.kd.nn.ExactKernels;
import org.distillgrid.kd.nn.Gpus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a training runs on. Both parts decide the last bits of its numbers, so every row names them.
 *
 * @param device CPU or one GPU
 * @param threads intra-operation threads on a CPU
 */
public record TrainingDevice(Device device, int threads) {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingDevice.class);
  private static final String ENGINE = "PyTorch";

  /**
   * Returns the first GPU of the addresses, or the CPU where PyTorch has no GPU or none was given;
   * a GPU that was given and is not seen leaves a line in the log.
   *
   * @param gpuAddresses indices that the cluster assigned, possibly none
   */
  public static TrainingDevice of(List<String> gpuAddresses, int threads) {
    if (gpuAddresses.isEmpty()) {
      return new TrainingDevice(Device.cpu(), threads);
    }
    if (Gpus.count() == 0) {
      LOG.warn("Training on the CPU: GPU {} was assigned, PyTorch sees none", gpuAddresses.get(0));
      return new TrainingDevice(Device.cpu(), threads);
    }
    return new TrainingDevice(Device.gpu(Integer.parseInt(gpuAddresses.get(0))), threads);
  }

  /** Returns {@code cpu}, or a form such as {@code gpu:0}. */
  public String name() {
    if (device.isGpu()) {
      return "gpu:" + device.getDeviceId();
    }
    return "cpu";
  }

  /** Returns the version of PyTorch. */
  public String engineVersion() {
    return Engine.getEngine(ENGINE).getVersion();
  }

  /**
   * Returns a manager on the device, and sets the thread count for the calling thread, on which all
   * work on the manager's arrays must then be done.
   */
  public NDManager open() {
    NDManager manager = NDManager.newBaseManager(device, ENGINE);
    JniUtils.setNumThreads(threads);
    ExactKernels.chooseFor(device);
    return manager;
  }
}
