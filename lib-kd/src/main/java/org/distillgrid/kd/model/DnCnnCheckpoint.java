package org.distillgrid.kd.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.distillgrid.kd.nn.block.BatchNorm;
import org.distillgrid.kd.weights.HostTensor;

/**
 * The layers of a DnCNN's checkpoint in the order of the numbers in their names: {@code model.4} in
 * KAIR, {@code dncnn.4} in the authors' first code, {@code conv02} where convolutions alone are
 * counted, {@code 4} where a prefix was taken off.
 */
final class DnCnnCheckpoint {
  private static final Pattern NAME =
      Pattern.compile("(?:(?:model|dncnn)\\.|conv)?([0-9]{1,4})\\.([a-z_]+)");
  private static final String WEIGHT = "weight";
  private static final String BIAS = "bias";
  private static final String MEAN = "running_mean";
  private static final String VARIANCE = "running_var";
  private static final List<String> NORM = List.of(WEIGHT, BIAS, MEAN, VARIANCE);

  /** One convolution and what follows it; either map holds tensors by the ends of their names. */
  private record Layer(Map<String, HostTensor> conv, Map<String, HostTensor> norm) {}

  private final List<Layer> layers;
  private final float epsilon;

  private DnCnnCheckpoint(List<Layer> layers, float epsilon) {
    this.layers = layers;
    this.epsilon = epsilon;
  }

  /** Returns the layers, or nothing if the names are none of a DnCNN's. */
  static Optional<DnCnnCheckpoint> read(Map<String, HostTensor> tensors) {
    Map<Integer, Map<String, HostTensor>> entries = new TreeMap<>();
    for (Map.Entry<String, HostTensor> tensor : tensors.entrySet()) {
      Matcher matcher = NAME.matcher(tensor.getKey());
      if (!matcher.matches()) {
        return Optional.empty();
      }
      entries
          .computeIfAbsent(Integer.parseInt(matcher.group(1)), absent -> new HashMap<>())
          .put(matcher.group(2), tensor.getValue());
    }
    List<Layer> layers = new ArrayList<>();
    for (Map<String, HostTensor> entry : entries.values()) {
      if (isConv(entry)) {
        layers.add(new Layer(entry, new HashMap<>()));
      } else if (!layers.isEmpty() && isNormOf(last(layers), entry)) {
        last(layers).norm().putAll(entry);
      } else {
        return Optional.empty();
      }
    }
    if (layers.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new DnCnnCheckpoint(layers, epsilon(layers)));
  }

  /** Returns the sizes of the convolutions' weights in order; none if a name is no DnCNN's. */
  static List<long[]> convolutions(Map<String, long[]> shapes) {
    Map<Integer, long[]> byNumber = new TreeMap<>();
    for (Map.Entry<String, long[]> shape : shapes.entrySet()) {
      Matcher matcher = NAME.matcher(shape.getKey());
      if (!matcher.matches()) {
        return List.of();
      }
      if (matcher.group(2).equals(WEIGHT) && shape.getValue().length == 4) {
        byNumber.put(Integer.parseInt(matcher.group(1)), shape.getValue());
      }
    }
    return List.copyOf(byNumber.values());
  }

  private static Layer last(List<Layer> layers) {
    return layers.get(layers.size() - 1);
  }

  private static boolean isConv(Map<String, HostTensor> entry) {
    HostTensor weight = entry.get(WEIGHT);
    return weight != null
        && weight.shape().length == 4
        && weight.values().length > 0
        && (!entry.containsKey(BIAS) || isVector(entry.get(BIAS), weight.shape()[0]));
  }

  private static boolean isNormOf(Layer layer, Map<String, HostTensor> entry) {
    long width = layer.conv().get(WEIGHT).shape()[0];
    return layer.norm().isEmpty()
        && entry.keySet().containsAll(NORM)
        && NORM.stream().allMatch(part -> isVector(entry.get(part), width));
  }

  private static boolean isVector(HostTensor tensor, long length) {
    return tensor.shape().length == 1 && tensor.shape()[0] == length;
  }

  // SaoYan's code, whose first convolution has no bias, leaves PyTorch's epsilon as it is.
  private static float epsilon(List<Layer> layers) {
    if (layers.get(0).conv().containsKey(BIAS)) {
      return DnCnn.CONSTANTS.epsilon();
    }
    return BatchNorm.Constants.STANDARD.epsilon();
  }

  /** Returns the tensors under other names; where those have no normalisation, it is folded in. */
  Map<String, HostTensor> tensors(List<DnCnn.Names> names) {
    Map<String, HostTensor> tensors = new TreeMap<>();
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      if (i >= names.size()) {
        // What is too much keeps some name of its own, so that the message can tell it.
        put("layer " + (i + 1), layer.conv(), tensors);
      } else if (layer.norm().isEmpty()) {
        put(names.get(i).conv(), biased(layer.conv()), tensors);
      } else if (names.get(i).norm().isPresent()) {
        put(names.get(i).conv(), biased(layer.conv()), tensors);
        put(names.get(i).norm().get(), norm(layer.norm()), tensors);
      } else {
        put(names.get(i).conv(), folded(layer), tensors);
      }
    }
    return tensors;
  }

  private static void put(
      String name, Map<String, HostTensor> parts, Map<String, HostTensor> tensors) {
    parts.forEach((part, tensor) -> tensors.put(name + "." + part, tensor));
  }

  // Networks without normalisation have all their biases: without them it is another architecture.
  private Map<String, HostTensor> biased(Map<String, HostTensor> conv) {
    if (layers.stream().allMatch(layer -> layer.norm().isEmpty())) {
      return conv;
    }
    Map<String, HostTensor> biased = new HashMap<>(conv);
    long out = conv.get(WEIGHT).shape()[0];
    biased.computeIfAbsent(
        BIAS, absent -> new HostTensor(new long[] {out}, new float[Math.toIntExact(out)]));
    return biased;
  }

  // The network adds its own epsilon; the variance makes up for another one of the checkpoint.
  private Map<String, HostTensor> norm(Map<String, HostTensor> norm) {
    HostTensor variance = norm.get(VARIANCE);
    float[] shifted = variance.values().clone();
    for (int i = 0; i < shifted.length; i++) {
      shifted[i] += epsilon - DnCnn.CONSTANTS.epsilon();
    }
    return Map.of(
        WEIGHT, norm.get(WEIGHT),
        BIAS, norm.get(BIAS),
        MEAN, norm.get(MEAN),
        VARIANCE, new HostTensor(variance.shape(), shifted));
  }

  // γ·(w∗x + b − μ)/√(σ² + ε) + β = (γ/√(σ² + ε))·w∗x + (b − μ)·γ/√(σ² + ε) + β
  private Map<String, HostTensor> folded(Layer layer) {
    HostTensor weight = layer.conv().get(WEIGHT);
    float[] weights = weight.values().clone();
    float[] constants = biased(layer.conv()).get(BIAS).values().clone();
    int taps = weights.length / constants.length;
    for (int channel = 0; channel < constants.length; channel++) {
      double deviation = Math.sqrt((double) value(layer, VARIANCE, channel) + epsilon);
      double factor = value(layer, WEIGHT, channel) / deviation;
      double centred = (double) constants[channel] - value(layer, MEAN, channel);
      constants[channel] = (float) (centred * factor + value(layer, BIAS, channel));
      for (int i = channel * taps; i < (channel + 1) * taps; i++) {
        weights[i] = (float) (weights[i] * factor);
      }
    }
    return Map.of(
        WEIGHT, new HostTensor(weight.shape(), weights),
        BIAS, new HostTensor(new long[] {constants.length}, constants));
  }

  private static float value(Layer layer, String part, int channel) {
    return layer.norm().get(part).values()[channel];
  }
}
