package org.distillgrid.kd.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.distillgrid.kd.eval.PassMemory;
import org.distillgrid.kd.model.ModelName;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.nn.GradientMode;
import org.distillgrid.kd.nn.Pass;
import org.distillgrid.kd.nn.Scratch;
import org.distillgrid.kd.perceptual.EncoderShape;
import org.distillgrid.kd.perceptual.VqAutoEncoder;
import org.distillgrid.kd.quant.Bits;
import org.distillgrid.kd.quant.QuantizedNetwork;
import org.distillgrid.kd.quant.QuantizerSetting;
import org.distillgrid.kd.random.Draws;

/**
 * What a network takes of memory, its tensors counted on one small input on a CPU. What PyTorch
 * takes inside operations and on the way back is not counted; see {@link #MARGIN}.
 *
 * @param weightBytes of all weights and biases
 * @param passBytesPerPixel of all tensors that a forward pass makes, for a pixel of its input; a
 *     training step keeps them until it ends
 * @param restoringBytesPerPixel of what a forward pass holds at once when it keeps only what is
 *     still read, as the restoration of a whole image does, with its own margin
 */
public record NetworkMemory(long weightBytes, long passBytesPerPixel, long restoringBytesPerPixel) {
  /**
   * What a process grows by, over the tensors that are counted for its training steps. Measured:
   * 0.7 to 1.9 times as much; docs/cluster.md.
   */
  public static final double MARGIN = 2;

  // At least every architecture's least side, and windows and strides divide it.
  private static final int SIDE = 32;

  // The encoder halves its images four times.
  private static final int ENCODER_SIDE = 64;

  // Values, gradient, both moments and the average.
  private static final int KEPT_COPIES = 5;

  // What Adam and the average need during an update: square, root, move, share.
  private static final int PASSING_COPIES = 4;

  /**
   * Counts for a network and the quantisers in it.
   *
   * @throws org.distillgrid.kd.error.GridException if the model lacks the scale
   */
  public static NetworkMemory of(
      ModelName model, ModelTarget target, QuantizerSetting quantizer, Bits bits) {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu());
        QuantizedNetwork network =
            QuantizedNetwork.build(model, target, quantizer, bits, Draws.of("memory"), manager)) {
      // Off the tape quantisers make fewer tensors than a step of training does.
      return GradientMode.on(() -> count(network, manager));
    }
  }

  private static NetworkMemory count(QuantizedNetwork quantized, NDManager manager) {
    Network network = quantized.network();
    Shape shape = new Shape(1, network.target().imageChannels(), SIDE, SIDE);
    try (NDManager scratch = manager.newSubManager()) {
      quantized.calibrate(List.of(scratch.ones(shape)));
    }
    try (NDManager step = Scratch.keeping(manager)) {
      Pass.of(network.architecture(), step.ones(shape));
      long bytes = bytes(step);
      // Counting what is held at once takes the quantisers out, so it comes last.
      return new NetworkMemory(
          network.parameters().elements() * Float.BYTES,
          bytes / (SIDE * SIDE),
          PassMemory.of(network).bytesPerPixel());
    }
  }

  /** Counts for the small encoder and its decoder; pixels are those of the images it is shown. */
  public static NetworkMemory ofEncoder() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu());
        VqAutoEncoder network =
            new VqAutoEncoder(EncoderShape.small(), Draws.of("memory"), manager)) {
      return GradientMode.on(() -> count(network, manager));
    }
  }

  private static NetworkMemory count(VqAutoEncoder network, NDManager manager) {
    try (NDManager step = Scratch.keeping(manager)) {
      network.decode(network.latent(step.ones(new Shape(1, 3, ENCODER_SIDE, ENCODER_SIDE))));
      long perPixel = bytes(step) / (ENCODER_SIDE * ENCODER_SIDE);
      return new NetworkMemory(network.parameters().elements() * Float.BYTES, perPixel, perPixel);
    }
  }

  private static long bytes(NDManager holder) {
    return holder.getManagedArrays().stream().mapToLong(NetworkMemory::bytes).sum();
  }

  private static long bytes(NDArray array) {
    return array.size() * array.getDataType().getNumOfBytes();
  }

  /** Returns what a trained network keeps between its steps: weights, moments and average. */
  public long keptBytes() {
    return KEPT_COPIES * weightBytes;
  }

  /**
   * Returns what one step takes beside what is kept, in bytes.
   *
   * @param pixels input pixels of a batch
   */
  public long stepBytes(long pixels) {
    return passBytes(pixels) + PASSING_COPIES * weightBytes;
  }

  /**
   * Returns the tensors that a forward pass leaves, in bytes.
   *
   * @param pixels input pixels of a batch
   */
  public long passBytes(long pixels) {
    return passBytesPerPixel * pixels;
  }

  /** Returns what a network takes that is larger by a factor in all. */
  public NetworkMemory times(int factor) {
    return new NetworkMemory(
        weightBytes * factor, passBytesPerPixel * factor, restoringBytesPerPixel * factor);
  }
}
