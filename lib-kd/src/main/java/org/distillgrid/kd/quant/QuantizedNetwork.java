package org.distillgrid.kd.quant;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.model.ModelName;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Models;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.nn.HostValues;
import org.distillgrid.kd.nn.Parameter;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.HostTensor;

/**
 * A network and the quantisers put into it, as one checkpoint holds them: a student, or a teacher,
 * which has none.
 */
public final class QuantizedNetwork implements AutoCloseable {
  /** Metadata key of a checkpoint: its bit-widths. */
  public static final String BITS_KEY = "bits";

  private static final String QUANTIZER_KEY = "quantizer";

  private final Network network;
  private final QuantizerSetting setting;
  private final Bits bits;
  private final Quantization quantization;

  private QuantizedNetwork(Network network, QuantizerSetting setting, Bits bits, NDManager parent) {
    this.network = network;
    this.setting = setting;
    this.bits = bits;
    this.quantization = Quantization.of(network.multiplications(), setting, bits, parent);
  }

  /**
   * Builds a network with first values; its quantisers wait for {@link #calibrate}.
   *
   * @param model its name, for instance {@code edsr-c16-b4}
   * @param quantizer a quantiser's name, for instance {@code pams(rate=0.02)-pertensor}
   * @param draws the generators of first values
   * @throws GridException if there is no such model or no such quantiser
   */
  public static QuantizedNetwork build(
      String model,
      ModelTarget target,
      String quantizer,
      Bits bits,
      Draws draws,
      NDManager parent) {
    ModelName name = ModelName.parse(model, Models.registry());
    return build(name, target, QuantizerSetting.parse(quantizer), bits, draws, parent);
  }

  /**
   * Builds a network with first values; its quantisers wait for {@link #calibrate}.
   *
   * @param name its name, parsed
   * @param setting which quantiser, and where
   * @param draws the generators of first values
   * @throws GridException if the model lacks the scale
   */
  public static QuantizedNetwork build(
      ModelName name,
      ModelTarget target,
      QuantizerSetting setting,
      Bits bits,
      Draws draws,
      NDManager parent) {
    return new QuantizedNetwork(Network.build(name, target, draws, parent), setting, bits, parent);
  }

  /**
   * Builds the network of a checkpoint that {@link #checkpoint} gave, or of plain weights.
   *
   * @param model its name
   * @param checkpoint weights, scales and what the metadata say of the quantiser
   * @param source names the checkpoint in a message, usually a file
   * @throws GridException if the checkpoint is one of another architecture
   */
  public static QuantizedNetwork load(
      String model, ModelTarget target, Checkpoint checkpoint, String source, NDManager parent) {
    Map<String, String> metadata = checkpoint.metadata();
    String quantizer = metadata.getOrDefault(QUANTIZER_KEY, "fp");
    Bits bits = Bits.parse(metadata.getOrDefault(BITS_KEY, "fp"));
    QuantizedNetwork network =
        build(model, target, quantizer, bits, Draws.of("overwritten"), parent);
    try {
      network.load(checkpoint, source);
      return network;
    } catch (GridException e) {
      network.close();
      throw e;
    }
  }

  private void load(Checkpoint checkpoint, String source) {
    Map<String, HostTensor> weights = new HashMap<>(checkpoint.tensors());
    weights.keySet().removeAll(quantization.export().keySet());
    network.load(Checkpoint.of(weights, checkpoint.metadata()), source);
    quantization.load(checkpoint.tensors(), source);
  }

  /**
   * Sets the quantisers' scales from the weights as they are and from batches, and puts them in.
   *
   * @param batches inputs in [0, 1], N×C×h×w
   */
  public void calibrate(List<NDArray> batches) {
    quantization.calibrate(network::forward, batches);
    for (Parameter scale : quantization.learned().all()) {
      if (!Float.isFinite(HostValues.number(scale.array().sum()))) {
        throw GridException.of(
            ErrorCode.TRAINING, "Cannot calibrate: the scale %s is not finite", scale.name());
      }
    }
  }

  /**
   * Lets a quantiser that tunes itself go on after {@link #calibrate}.
   *
   * @param batches those of the calibration
   * @param manager owns what the tuning needs meanwhile
   */
  public void tune(List<NDArray> batches, NDManager manager) {
    setting.family().tune(this, setting.values(), batches, manager);
  }

  /**
   * Runs the pass of a training step on its batch. Ranges that move in training take in what passes
   * before it is quantised; no other pass moves them.
   *
   * @param done the share of the training's steps that lie behind, 0 to 1
   */
  public <T> T training(double done, Supplier<T> pass) {
    if (done < setting.followedShare()) {
      return quantization.following(pass);
    }
    return pass.get();
  }

  /**
   * Returns a network with the numbers that this one has now, its quantisers in place, that shares
   * no tensor with it.
   *
   * @param parent owns the copy's buffers unless it is closed before
   */
  public QuantizedNetwork copy(NDManager parent) {
    Draws overwritten = Draws.of("overwritten");
    Network twin = Network.build(network.name().canonical(), network.target(), overwritten, parent);
    QuantizedNetwork copy = new QuantizedNetwork(twin, setting, bits, parent);
    copy.network.parameters().overwrite(network.parameters().flat());
    if (!quantization.learned().isEmpty()) {
      copy.quantization.learned().overwrite(quantization.learned().flat());
    }
    copy.quantization.putIn(quantization.unlearned());
    return copy;
  }

  /** Returns the network alone. */
  public Network network() {
    return network;
  }

  /** Returns which quantiser it has, and where. */
  public QuantizerSetting quantizer() {
    return setting;
  }

  /** Returns its quantisers; none of them exists at full precision. */
  public Quantization quantization() {
    return quantization;
  }

  /** Returns its bit-widths. */
  public Bits bits() {
    return bits;
  }

  /**
   * Returns copies of weights and scales, with everything in the metadata that {@link #load} needs.
   */
  public Checkpoint checkpoint() {
    return checkpoint(network.parameters().export(), quantization.export());
  }

  /** Returns a checkpoint of this network with other numbers in it, averaged ones say. */
  public Checkpoint checkpoint(
      SortedMap<String, HostTensor> weights, SortedMap<String, HostTensor> scales) {
    SortedMap<String, HostTensor> tensors = new TreeMap<>(weights);
    tensors.putAll(scales);
    SortedMap<String, String> metadata = new TreeMap<>(network.checkpoint().metadata());
    metadata.put(QUANTIZER_KEY, setting.canonical());
    metadata.put(BITS_KEY, bits.toString());
    return new Checkpoint(tensors, metadata);
  }

  @Override
  public void close() {
    quantization.close();
    network.close();
  }
}
