package org.distillgrid.kd.export.trace;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.kd.export.onnx.Attribute;

/**
 * Recognises the last of the three operations that make a pixel shuffle, or its inverse, and
 * records one operator for all of them: {@code DepthToSpace}, or a convolution with one tap for
 * each channel. Neither needs to know the height and the width.
 */
final class PixelBlocks {
  private static final Attribute SHUFFLE = Attribute.of(new long[] {0, 1, 4, 2, 5, 3});
  private static final Attribute UNSHUFFLE = Attribute.of(new long[] {0, 1, 3, 5, 2, 4});

  private PixelBlocks() {}

  static Optional<List<Operand>> recognise(Call reshape) {
    Recorder recorder = reshape.recorder();
    Step transpose = recorder.maker(reshape.operand(0));
    if (transpose == null || !transpose.operator().equals("Transpose")) {
      return Optional.empty();
    }
    Step split = recorder.maker(transpose.operands().get(0));
    if (split == null
        || !split.operator().equals("Reshape")
        || reshape.resultShape().dimension() != 4) {
      return Optional.empty();
    }
    Shape parts = split.shapes().get(0);
    Attribute order = transpose.attributes().get("perm");
    Operand source = split.operands().get(0);
    if (order.equals(SHUFFLE)
        && parts.get(2) == parts.get(3)
        && isShuffled(parts, reshape.resultShape())) {
      return Optional.of(shuffle(reshape, source, parts.get(2)));
    }
    if (order.equals(UNSHUFFLE)
        && parts.get(3) == parts.get(5)
        && isUnshuffled(parts, reshape.resultShape())) {
      return Optional.of(unshuffle(reshape, source, parts.get(1), parts.get(3)));
    }
    return Optional.empty();
  }

  private static boolean isShuffled(Shape parts, Shape result) {
    return result.get(0) == parts.get(0)
        && result.get(1) == parts.get(1)
        && result.get(2) == parts.get(4) * parts.get(2)
        && result.get(3) == parts.get(5) * parts.get(3);
  }

  private static boolean isUnshuffled(Shape parts, Shape result) {
    return result.get(0) == parts.get(0)
        && result.get(1) == parts.get(1) * parts.get(3) * parts.get(5)
        && result.get(2) == parts.get(2)
        && result.get(3) == parts.get(4);
  }

  private static List<Operand> shuffle(Call reshape, Operand source, long side) {
    SortedMap<String, Attribute> attributes = new TreeMap<>();
    attributes.put("blocksize", Attribute.of(side));
    attributes.put("mode", Attribute.of("CRD"));
    return reshape.step("DepthToSpace", attributes, source);
  }

  // SpaceToDepth orders channels the other way round; PyTorch's order is that of a convolution
  // within each channel.
  private static List<Operand> unshuffle(Call reshape, Operand source, long channels, long side) {
    int places = Math.toIntExact(side * side);
    float[] taps = new float[Math.toIntExact(channels) * places * places];
    for (int i = 0; i < taps.length; i += places) {
      taps[i + i / places % places] = 1;
    }
    SortedMap<String, Attribute> attributes = new TreeMap<>();
    attributes.put("group", Attribute.of(channels));
    attributes.put("kernel_shape", Attribute.of(new long[] {side, side}));
    attributes.put("strides", Attribute.of(new long[] {side, side}));
    long[] dims = {channels * places, 1, side, side};
    return reshape.step("Conv", attributes, source, new Operand.Constant("", dims, () -> taps));
  }
}
