package org.distillgrid.kd.nn.block;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import org.distillgrid.kd.nn.Initializer;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.Linear;
import org.distillgrid.kd.nn.MatrixProduct;
import org.distillgrid.kd.nn.Parameter;
import org.distillgrid.kd.nn.Scaled;

/**
 * Self-attention with several heads inside the windows of a grid, with a learned score for every
 * offset between two places; the grid may be shifted by half a window. Source: Swin Transformer
 * (Liu et al., ICCV 2021) as in SwinIR's released code, whose names the parameters have.
 */
public final class WindowAttention {
  /** Where the grid of windows lies. */
  public enum Place {
    /** Its corner is the image's. */
    ALIGNED,
    /** It is shifted by half a window; what sticks out at one side is let in at the other. */
    SHIFTED
  }

  private static final int PARTS = 3;
  private static final int ROWS = 1;
  private static final int COLUMNS = 2;
  private static final int KEYS = 4;
  private static final double FIRST_DEVIATION = 0.02;

  private final WindowGrid grid;
  private final Place place;
  private final int heads;
  private final long depth;
  private final float scale;
  private final Parameter table;
  private final Linear joint;
  private final MatrixProduct scores;
  private final MatrixProduct mixture;
  private final Linear projection;

  /**
   * Makes {@code relative_position_bias_table}, {@code qkv} and {@code proj}, and the products
   * {@code scores} and {@code mixture}.
   *
   * @param layers makes them under its own prefix
   * @param width channels in and out, a multiple of the heads
   */
  public WindowAttention(LayerFactory layers, int width, int heads, WindowGrid grid, Place place) {
    this.grid = grid;
    this.place = place;
    this.heads = heads;
    this.depth = width / heads;
    this.scale = (float) (1 / Math.sqrt((double) depth));
    Initializer normal = Initializer.normal(FIRST_DEVIATION);
    Initializer zero = Initializer.constant(0);
    table =
        layers.parameter(
            "relative_position_bias_table", new Shape(grid.offsetCount(), heads), normal);
    joint = layers.linear("qkv", width, PARTS * width, InputRange.SIGNED, normal, zero);
    scores = layers.product("scores", InputRange.SIGNED);
    mixture = layers.product("mixture", InputRange.NON_NEGATIVE);
    projection = layers.linear("proj", width, width, InputRange.SIGNED, normal, zero);
  }

  /**
   * Returns what every place gathers, in the input's manager.
   *
   * @param tokens N×H×W×C; both sides multiples of the window's
   */
  public NDArray forward(NDArray tokens) {
    int shift = 0;
    if (place == Place.SHIFTED) {
      shift = grid.shift();
    }
    NDArray rolled = Roll.of(Roll.of(tokens, ROWS, -shift), COLUMNS, -shift);
    NDArray gathered = projection.forward(gather(joint.forward(rolled)));
    return Roll.of(Roll.of(gathered, ROWS, shift), COLUMNS, shift);
  }

  // Linear layers see single places, so windows need to be cut out between them only: one copy
  // brings queries, keys and values into windows and heads, one brings the results back.
  private NDArray gather(NDArray queriesKeysValues) {
    Shape shape = queriesKeysValues.getShape();
    long images = shape.get(0);
    long height = shape.get(ROWS);
    long width = shape.get(COLUMNS);
    int side = grid.side();
    long down = height / side;
    long right = width / side;
    NDArray split =
        queriesKeysValues
            .reshape(images, down, side, right, side, PARTS, heads, depth)
            .transpose(5, 0, 1, 3, 6, 2, 4, 7)
            .reshape(PARTS, images, down * right, heads, (long) side * side, depth);
    NDList parts = split.split(PARTS, 0);
    NDArray queries = Scaled.by(scale, parts.get(0).squeeze(0));
    NDArray keys = parts.get(1).squeeze(0);
    NDArray values = parts.get(2).squeeze(0);
    try (NDArray weights = weights(queries, keys, height, width)) {
      return mixture
          .of(weights, values)
          .reshape(images, down, right, heads, side, side, depth)
          .transpose(0, 1, 4, 2, 5, 3, 6)
          .reshape(images, height, width, heads * depth);
    }
  }

  // Scores are by far the largest tensors: they are changed in place and freed at once.
  private NDArray weights(NDArray queries, NDArray keys, long height, long width) {
    try (NDArray logits = scores.of(queries, keys.transpose(0, 1, 2, 4, 3));
        NDArray added = added(queries.getManager(), height, width)) {
      return logits.addi(added).softmax(KEYS);
    }
  }

  private NDArray added(NDManager step, long height, long width) {
    NDManager owner = table.array().getManager();
    long places = (long) grid.side() * grid.side();
    NDArray bias =
        Embedding.embedding(grid.offsets(owner, step), table.array(), SparseFormat.DENSE)
            .singletonOrThrow()
            .transpose(1, 0)
            .flatten()
            .reshape(heads, places, places);
    return switch (place) {
      case ALIGNED -> bias;
      case SHIFTED -> bias.add(grid.mask(height, width, owner, step));
    };
  }
}
