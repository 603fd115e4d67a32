package org.distillgrid.kd.export;

import java.util.Arrays;
import java.util.List;
import org.distillgrid.kd.export.onnx.ElementType;
import org.distillgrid.kd.quant.UniformGrid;

/**
 * A quantised weight as a file holds it: {@code value = (integer − zero)·scale}.
 *
 * @param type the narrowest that holds all integers
 * @param integers in the weight's order
 * @param scale one, or one for each output channel
 * @param zero as many
 */
record IntegerForm(ElementType type, int[] integers, float[] scale, int[] zero) {
  private static final List<ElementType> WITH_SIGN =
      List.of(ElementType.INT4, ElementType.INT8, ElementType.INT16);
  private static final List<ElementType> WITHOUT_SIGN =
      List.of(ElementType.UINT4, ElementType.UINT8);

  /**
   * Returns the form of a weight.
   *
   * @param values fake-quantised
   * @param channels the output channel of each value
   */
  static IntegerForm of(UniformGrid grid, float[] values, int[] channels) {
    int[] scales = new int[values.length];
    if (grid.scale().length > 1) {
      scales = channels;
    }
    int[] levels = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      levels[i] = grid.level(values[i], scales[i]);
    }
    for (float zero : grid.zero()) {
      if (zero != Math.rint(zero)) {
        return centred(grid, levels, scales, 2);
      }
    }
    if (!isEverywhere(0, grid.zero())) {
      return withZeros(grid, levels, scales);
    }
    return new IntegerForm(
        narrowest(WITH_SIGN, grid.lowest(), grid.highest()),
        levels,
        grid.scale(),
        new int[grid.scale().length]);
  }

  // Integer kernels want one zero point for all channels; up to 7 bits each channel's can be taken
  // off. 4-bit integers stay small instead: no kernel computes with them.
  private static IntegerForm withZeros(UniformGrid grid, int[] levels, int[] scales) {
    int width = grid.highest() - grid.lowest();
    boolean small = ElementType.UINT4.holds(width);
    if (small || isEverywhere(grid.zero()[0], grid.zero()) || !ElementType.INT8.holds(width)) {
      return shifted(grid, levels);
    }
    return centred(grid, levels, scales, 1);
  }

  private static boolean isEverywhere(float wanted, float[] zeros) {
    for (float zero : zeros) {
      if (zero != wanted) {
        return false;
      }
    }
    return true;
  }

  // Moved so that the least integer is 0: types without a sign hold grids with zero points.
  private static IntegerForm shifted(UniformGrid grid, int[] levels) {
    int[] integers = Arrays.stream(levels).map(level -> level - grid.lowest()).toArray();
    int[] zeros = new int[grid.zero().length];
    for (int i = 0; i < zeros.length; i++) {
      zeros[i] = Math.round(grid.zero()[i]) - grid.lowest();
    }
    int highest = grid.highest() - grid.lowest();
    return new IntegerForm(narrowest(WITHOUT_SIGN, 0, highest), integers, grid.scale(), zeros);
  }

  // Integers count parts of a step from the zero point: halves where it lies between two levels.
  private static IntegerForm centred(UniformGrid grid, int[] levels, int[] scales, int parts) {
    int[] integers = new int[levels.length];
    for (int i = 0; i < levels.length; i++) {
      integers[i] = parts * levels[i] - Math.round(parts * grid.zero()[scales[i]]);
    }
    float[] scale = grid.scale().clone();
    for (int i = 0; i < scale.length; i++) {
      scale[i] /= parts;
    }
    int lowest = Arrays.stream(integers).min().orElse(0);
    int highest = Arrays.stream(integers).max().orElse(0);
    return new IntegerForm(
        narrowest(WITH_SIGN, lowest, highest), integers, scale, new int[scale.length]);
  }

  private static ElementType narrowest(List<ElementType> types, int lowest, int highest) {
    return types.stream()
        .filter(type -> type.holds(lowest) && type.holds(highest))
        .findFirst()
        .orElseThrow();
  }
}
