package org.distillgrid.kd.quant;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.distillgrid.kd.nn.GradientMode;
import org.distillgrid.kd.nn.Multiplication;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.nn.WeightedLayer;
import org.distillgrid.kd.weights.HostTensor;

/**
 * The quantisers of one network. Putting them in leaves the network what it was: the same layers
 * under the same names. Which of them are quantised is for the setting to say.
 */
public final class Quantization implements AutoCloseable {
  private final Map<Multiplication, LayerQuantizers> byLayer = new LinkedHashMap<>();
  private final QuantizerParameters parameters = QuantizerParameters.empty();
  private final NDManager manager;

  private Quantization(NDManager manager) {
    this.manager = manager;
  }

  /**
   * Makes the quantisers of a network; they do nothing until {@link #calibrate} or {@link #load}.
   *
   * @param multiplications all layers and products of the network
   * @param parent owns the scales
   */
  public static Quantization of(
      List<Multiplication> multiplications, QuantizerSetting setting, Bits bits, NDManager parent) {
    Quantization quantization = new Quantization(parent.newSubManager());
    for (Multiplication layer : multiplications) {
      if (setting.covers(layer, bits)) {
        quantization.byLayer.put(
            layer, LayerQuantizers.of(layer, setting, bits, quantization.parameters));
      }
    }
    quantization.parameters.learned().open(quantization.manager);
    quantization.parameters.fixed().open(quantization.manager);
    quantization.parameters.observed().open(quantization.manager);
    return quantization;
  }

  /**
   * Returns the names of the scales that the quantisers of a network have at some bits.
   *
   * @param multiplications all layers and products of the network
   */
  public static SortedSet<String> scaleNames(
      List<Multiplication> multiplications, QuantizerSetting setting, Bits bits) {
    QuantizerParameters parameters = QuantizerParameters.empty();
    for (Multiplication multiplication : multiplications) {
      if (setting.covers(multiplication, bits)) {
        LayerQuantizers.of(multiplication, setting, bits, parameters);
      }
    }
    SortedSet<String> names = new TreeSet<>(parameters.learned().shapes().keySet());
    names.addAll(parameters.fixed().shapes().keySet());
    names.addAll(parameters.observed().shapes().keySet());
    return names;
  }

  /**
   * Shows the calibration batches to the quantisers, sets their scales, and puts them in.
   *
   * @param network runs the full-precision network
   * @param batches inputs in [0, 1], N×C×H×W, each in a manager of its own
   */
  public void calibrate(Consumer<NDArray> network, List<NDArray> batches) {
    if (byLayer.isEmpty()) {
      return;
    }
    byLayer.forEach((layer, quantizers) -> layer.attach(quantizers.observing(layer)));
    GradientMode.off(() -> observe(network, batches));
    putIn();
  }

  private void observe(Consumer<NDArray> network, List<NDArray> batches) {
    try (NDManager scratch = manager.newSubManager()) {
      for (NDArray batch : batches) {
        try (NDManager pass = scratch.newSubManager()) {
          NDArray input = batch.duplicate();
          input.attach(pass);
          network.accept(input);
        }
      }
      byLayer.forEach((layer, quantizers) -> quantizers.fix(weight(layer, scratch)));
    }
  }

  private static Optional<NDArray> weight(Multiplication layer, NDManager scratch) {
    if (layer instanceof WeightedLayer weighted) {
      return Optional.of(weighted.weight().in(scratch));
    }
    return Optional.empty();
  }

  /** Takes the quantisers out: the network computes at full precision until {@link #putIn()}. */
  public void takeOut() {
    byLayer.keySet().forEach(layer -> layer.attach(null));
  }

  /** Puts the quantisers in with the scales that they have. */
  public void putIn() {
    byLayer.forEach(Multiplication::attach);
  }

  /** Runs a pass with the quantisers in; ranges that move in training take it in. */
  <T> T following(Supplier<T> pass) {
    if (parameters.observed().isEmpty()) {
      return pass.get();
    }
    byLayer.forEach((layer, quantizers) -> layer.attach(quantizers.following()));
    try {
      return pass.get();
    } finally {
      putIn();
    }
  }

  /** Sets the scales from a checkpoint that {@link #export} gave, and puts the quantisers in. */
  public void load(Map<String, HostTensor> tensors, String source) {
    parameters.learned().load(tensors, source);
    putIn(tensors);
  }

  /**
   * Sets the scales that {@link #unlearned} gave and puts the quantisers in; the learned ones are
   * set elsewhere.
   */
  public void putIn(Map<String, HostTensor> unlearned) {
    parameters.fixed().load(unlearned, "the fixed scales");
    parameters.observed().load(unlearned, "the observed ranges");
    putIn();
  }

  /** Returns what the quantisers of a layer or product come to, as they are now. */
  public OperandGrids grids(Multiplication multiplication) {
    LayerQuantizers quantizers = byLayer.get(multiplication);
    if (quantizers == null) {
      return OperandGrids.none();
    }
    return GradientMode.off(
        () -> {
          try (NDManager scratch = manager.newSubManager()) {
            return quantizers.grids(weight(multiplication, scratch), scratch);
          }
        });
  }

  /** Returns the scales that calibration sets once. */
  public ParameterSet fixed() {
    return parameters.fixed();
  }

  /** Returns the ranges that training goes on to observe. */
  public ParameterSet observed() {
    return parameters.observed();
  }

  /** Copies every scale to the host. */
  public SortedMap<String, HostTensor> export() {
    SortedMap<String, HostTensor> tensors = new TreeMap<>(parameters.learned().export());
    tensors.putAll(unlearned());
    return tensors;
  }

  /** Copies the scales that no gradient moves to the host: those fixed and those observed. */
  public SortedMap<String, HostTensor> unlearned() {
    SortedMap<String, HostTensor> tensors = new TreeMap<>(parameters.fixed().export());
    tensors.putAll(parameters.observed().export());
    return tensors;
  }

  /** Returns the scales that training moves. */
  public ParameterSet learned() {
    return parameters.learned();
  }

  @Override
  public void close() {
    manager.close();
  }
}
