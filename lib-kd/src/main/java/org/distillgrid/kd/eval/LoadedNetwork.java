package org.distillgrid.kd.eval;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.nn.ExactKernels;
import org.distillgrid.kd.nn.Gpus;
import org.distillgrid.kd.quant.QuantizedNetwork;
import org.distillgrid.kd.quant.packed.PackedStudent;
import org.distillgrid.kd.weights.Checkpoint;

/**
 * A network with the weights of a checkpoint, ready to be evaluated; it owns its tensors. The
 * quantisers that a checkpoint names are put in.
 */
public final class LoadedNetwork implements AutoCloseable {
  private final NDManager manager;
  private final QuantizedNetwork quantized;

  private LoadedNetwork(NDManager manager, QuantizedNetwork quantized) {
    this.manager = manager;
    this.quantized = quantized;
  }

  /**
   * Builds a network on the first GPU, or on the CPU where there is none.
   *
   * @param model its name, for instance {@code edsr-c64-b16}
   * @param checkpoint weights, quantised or packed ones too
   * @param source names the checkpoint in a message, usually a file
   * @throws org.distillgrid.kd.error.GridException if the checkpoint is one of another architecture
   */
  public static LoadedNetwork open(
      String model, ModelTarget target, Checkpoint checkpoint, String source) {
    return open(model, target, checkpoint, source, Gpus.firstOrCpu());
  }

  /**
   * Builds a network on a device.
   *
   * @param checkpoint weights, quantised or packed ones too
   * @param source names the checkpoint in a message, usually a file
   * @throws org.distillgrid.kd.error.GridException if the checkpoint is one of another architecture
   */
  public static LoadedNetwork open(
      String model, ModelTarget target, Checkpoint checkpoint, String source, Device device) {
    NDManager manager = NDManager.newBaseManager(device);
    try {
      ExactKernels.chooseFor(device);
      return new LoadedNetwork(
          manager,
          QuantizedNetwork.load(
              model, target, PackedStudent.unpacked(checkpoint, source), source, manager));
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /** Returns the network; it is usable until this is closed. */
  public Network network() {
    return quantized.network();
  }

  /** Returns the network and its quantisers; usable likewise. */
  public QuantizedNetwork quantizedNetwork() {
    return quantized;
  }

  @Override
  public void close() {
    quantized.close();
    manager.close();
  }
}
