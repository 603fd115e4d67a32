package org.distillgrid.kd.eval;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.util.Optional;
import java.util.OptionalDouble;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.nn.ExactKernels;
import org.distillgrid.kd.nn.Gpus;
import org.distillgrid.kd.perceptual.lpips.Backbone;
import org.distillgrid.kd.perceptual.lpips.Lpips;
import org.distillgrid.kd.perceptual.lpips.LpipsFiles;
import org.distillgrid.kd.weights.Checkpoint;

/** LPIPS of whole images on a device, within a bound of memory; it owns its tensors. */
public final class LpipsMetric implements AutoCloseable {
  private static final LpipsMetric NONE = new LpipsMetric(Optional.empty());

  private final Optional<Network> network;

  private record Network(Backbone backbone, Lpips lpips, MemoryBound memory, NDManager manager) {}

  private LpipsMetric(Optional<Network> network) {
    this.network = network;
  }

  /** Returns one that measures nothing. */
  public static LpipsMetric none() {
    return NONE;
  }

  /**
   * Opens two files on the first GPU, or on the CPU where there is none.
   *
   * @throws org.distillgrid.kd.error.GridException if one cannot be read or holds the weights of
   *     another network
   */
  public static LpipsMetric open(LpipsFiles files, MemoryBound memory) {
    return open(files.backbone(), files.weights(), files.features(), memory, Gpus.firstOrCpu());
  }

  /**
   * Puts weights on a device.
   *
   * @param weights backbone and linear weights, as {@link Lpips#weights} returns them
   * @param source names them in a message
   * @throws org.distillgrid.kd.error.GridException if they are those of another network
   */
  public static LpipsMetric open(
      Backbone backbone, Checkpoint weights, String source, MemoryBound memory, Device device) {
    NDManager manager = NDManager.newBaseManager(device);
    try {
      ExactKernels.chooseFor(device);
      Lpips lpips = Lpips.load(backbone, weights, source, manager);
      return new LpipsMetric(Optional.of(new Network(backbone, lpips, memory, manager)));
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  /** Returns whether it measures anything. */
  public boolean isPresent() {
    return network.isPresent();
  }

  /**
   * Returns the distance of two images of one size; nothing where they are smaller than what the
   * backbone looks at, or would take more memory than the bound.
   */
  public OptionalDouble between(PlanarImage truth, PlanarImage restored) {
    if (network.isEmpty() || !fits(network.get(), truth)) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(network.get().lpips().distance(truth, restored));
  }

  private static boolean fits(Network network, PlanarImage image) {
    Backbone backbone = network.backbone();
    long pixels = (long) image.height() * image.width();
    return Math.min(image.height(), image.width()) >= backbone.leastSide()
        && pixels * backbone.bytesPerPixel() <= network.memory().bytes();
  }

  @Override
  public void close() {
    network.ifPresent(
        open -> {
          open.lpips().close();
          open.manager().close();
        });
  }
}
