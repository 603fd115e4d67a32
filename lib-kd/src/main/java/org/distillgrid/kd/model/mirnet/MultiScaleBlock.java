package org.distillgrid.kd.model.mirnet;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.distillgrid.kd.nn.Conv2d;
import org.distillgrid.kd.nn.ConvShape;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.Scratch;
import org.distillgrid.kd.nn.block.ParametricRelu;

/**
 * Multi-scale residual block: rows of features, each of half the size and twice the channels of the
 * one above. In every column each row passes its dual attention unit, between two columns each row
 * fuses what all of them have; at the end all are brought to the first row's size, fused, convolved
 * and added to the input. As in the released code, the columns of a row share one unit. Source:
 * MIRNet (Zamir et al., ECCV 2020); layers are named as in that code.
 */
final class MultiScaleBlock {
  /** Where features go from one row to another. */
  private record Way(int from, int to) {}

  private final int rows;
  private final int columns;
  private final List<DualAttention> units = new ArrayList<>();
  private final List<SelectiveFusion> fusions = new ArrayList<>();
  private final Map<Way, RowChange> ways = new HashMap<>();
  private final List<RowChange> raising = new ArrayList<>();
  private final Conv2d last;

  /**
   * Makes the layers.
   *
   * @param layers makes them under its own prefix
   * @param width channels in and out
   * @param activation what the dual attention units share
   */
  MultiScaleBlock(
      LayerFactory layers, int width, int rows, int columns, ParametricRelu activation) {
    this.rows = rows;
    this.columns = columns;
    for (int row = 0; row < rows; row++) {
      int wide = width << row;
      units.add(new DualAttention(layers.under("blocks." + row + ".0"), wide, activation));
      fusions.add(new SelectiveFusion(layers.under("selective_kernel." + row), wide, rows));
      if (row > 0) {
        raising.add(RowChange.up(layers.under("last_up." + row), wide, row));
      }
      for (int other = 0; other < rows; other++) {
        if (other != row) {
          ways.put(new Way(row, other), change(layers, wide, other - row));
        }
      }
    }
    ConvShape same = ConvShape.same(width, width, 3).withoutBias();
    last = layers.conv("conv_out", same, InputRange.SIGNED);
  }

  private static RowChange change(LayerFactory layers, int width, int rows) {
    String name = width + "_" + (1 << Math.abs(rows));
    if (rows > 0) {
      return RowChange.down(layers.under("down").under(name), width, rows);
    }
    return RowChange.up(layers.under("up").under(name), width, -rows);
  }

  NDArray forward(NDArray input) {
    return Scratch.run(input, this::compute);
  }

  private NDArray compute(NDArray input) {
    List<NDArray> features = first(input);
    for (int column = 1; column < columns; column++) {
      features = next(features);
    }
    List<NDArray> raised = new ArrayList<>(features.subList(0, 1));
    for (int row = 1; row < rows; row++) {
      raised.add(raising.get(row - 1).forward(features.get(row)));
    }
    return last.forward(fusions.get(0).forward(raised)).add(input);
  }

  private List<NDArray> first(NDArray input) {
    List<NDArray> features = new ArrayList<>();
    NDArray above = units.get(0).forward(input);
    features.add(above);
    for (int row = 1; row < rows; row++) {
      above = units.get(row).forward(ways.get(new Way(row - 1, row)).forward(above));
      features.add(above);
    }
    return features;
  }

  private List<NDArray> next(List<NDArray> features) {
    List<NDArray> after = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      List<NDArray> brought = new ArrayList<>();
      for (int from = 0; from < rows; from++) {
        brought.add(brought(features.get(from), new Way(from, row)));
      }
      after.add(units.get(row).forward(fusions.get(row).forward(brought)));
    }
    return after;
  }

  private NDArray brought(NDArray features, Way way) {
    if (way.from() == way.to()) {
      return features;
    }
    return ways.get(way).forward(features);
  }
}
