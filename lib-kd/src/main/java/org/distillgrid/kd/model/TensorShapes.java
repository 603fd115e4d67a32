package org.distillgrid.kd.model;

import java.util.Collections;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The sizes of a checkpoint's tensors by name, and the questions that a family asks to find its
 * options in them.
 *
 * @param byName sizes by tensor name
 */
public record TensorShapes(SortedMap<String, long[]> byName) {
  public TensorShapes {
    byName = Collections.unmodifiableSortedMap(new TreeMap<>(byName));
  }

  /** Returns the shapes of a map in any order. */
  public static TensorShapes of(Map<String, long[]> byName) {
    return new TensorShapes(new TreeMap<>(byName));
  }

  /** Returns whether there is a tensor of that name. */
  public boolean has(String name) {
    return byName.containsKey(name);
  }

  /**
   * Returns one size of a tensor.
   *
   * @param axis which of its sizes; 0 is the output channels of a convolution's weight
   * @return empty if the tensor is missing, has fewer axes or is larger than a name can say
   */
  public OptionalInt size(String name, int axis) {
    long[] shape = byName.get(name);
    if (shape == null || axis >= shape.length || shape[axis] > Integer.MAX_VALUE) {
      return OptionalInt.empty();
    }
    return OptionalInt.of((int) shape[axis]);
  }

  /**
   * Returns one size of a tensor as a name carries it, or 0 where there is none: a network with a
   * size of 0 is no network, so that a guess made of it fits nothing.
   */
  public int sizeOrZero(String name, int axis) {
    return size(name, axis).orElse(0);
  }

  /**
   * Counts the members of a numbered sequence, which ends before the first number that is missing.
   *
   * @param pattern a name with {@code *} for the number, for instance {@code body.*.conv1.weight}
   * @param first the number that the sequence starts with, 0 or 1
   */
  public int count(String pattern, int first) {
    int number = first;
    while (has(pattern.replace("*", Integer.toString(number)))) {
      number++;
    }
    return number - first;
  }

  /**
   * Returns the scale of an {@link org.distillgrid.kd.nn.block.Upsampler} whose convolutions are
   * named {@code prefix.0.weight}, {@code prefix.2.weight}, …; 1 if there is none.
   */
  public int upsamplerScale(String prefix) {
    int scale = 1;
    String name = prefix + ".0.weight";
    for (int layer = 0; has(name); layer += 2, name = prefix + "." + layer + ".weight") {
      scale *= shuffleFactor(name);
    }
    return scale;
  }

  /**
   * Returns the scale of a network whose last convolution writes all pixels of the larger image, to
   * be shuffled: its outputs are scale² times the image's channels.
   *
   * @param name the weight of that convolution
   */
  public int shuffledScale(String name, int imageChannels) {
    return (int) Math.sqrt((double) sizeOrZero(name, 0) / Math.max(1, imageChannels));
  }

  // A convolution before a pixel shuffle by f has f² times as many outputs as inputs.
  private int shuffleFactor(String name) {
    long[] shape = byName.get(name);
    if (shape.length == 4 && shape[1] > 0 && shape[0] == 9 * shape[1]) {
      return 3;
    }
    return 2;
  }
}
