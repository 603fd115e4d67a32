package org.distillgrid.kd.eval;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.quant.Student;
import org.distillgrid.kd.weights.Checkpoint;

/**
 * A network with the weights of a checkpoint, ready to be evaluated; it owns its tensors. The
 * quantisers that a checkpoint names are put in.
 */
public final class LoadedNetwork implements AutoCloseable {
  private final NDManager manager;
  private final Student student;

  private LoadedNetwork(NDManager manager, Student student) {
    this.manager = manager;
    this.student = student;
  }

  /**
   * Builds a network on the engine's first device.
   *
   * @param model its name, for instance {@code edsr-c64-b16}
   * @param source names the checkpoint in a message, usually a file
   * @throws org.distillgrid.kd.error.GridException if the checkpoint is one of another architecture
   */
  public static LoadedNetwork open(
      String model, ModelTarget target, Checkpoint checkpoint, String source) {
    return open(model, target, checkpoint, source, Engine.getInstance().defaultDevice());
  }

  /**
   * Builds a network on a device.
   *
   * @param source names the checkpoint in a message, usually a file
   * @throws org.distillgrid.kd.error.GridException if the checkpoint is one of another architecture
   */
  public static LoadedNetwork open(
      String model, ModelTarget target, Checkpoint checkpoint, String source, Device device) {
    NDManager manager = NDManager.newBaseManager(device);
    try {
      return new LoadedNetwork(manager, Student.load(model, target, checkpoint, source, manager));
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /** Returns the network; it is usable until this is closed. */
  public Network network() {
    return student.network();
  }

  /** Returns the network and its quantisers; usable likewise. */
  public Student student() {
    return student;
  }

  @Override
  public void close() {
    student.close();
    manager.close();
  }
}
