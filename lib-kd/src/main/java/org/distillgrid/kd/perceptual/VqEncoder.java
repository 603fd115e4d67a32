package org.distillgrid.kd.perceptual;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.nn.Conv2d;
import org.distillgrid.kd.nn.Initializer;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.Parameter;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.nn.Shifted;
import org.distillgrid.kd.nn.block.GroupNorm;
import org.distillgrid.kd.nn.block.Padding;
import org.distillgrid.kd.nn.block.Swish;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.HostTensor;
import org.distillgrid.kd.weights.file.WeightPart;

/**
 * The encoder of a VQGAN with its codebook, under the names of taming-transformers. A level's
 * features are what its first residual block computes, before any attention; strides are 1, 2, 4, 8
 * and 16.
 *
 * <p>Images in [0, 1] enter as 2x − 1, as the authors' do; grey ones are repeated. Sides that are
 * no multiples of 16 are continued by reflection, and of each level only the ⌈H/stride⌉×⌈W/stride⌉
 * places are given that look at the image itself.
 *
 * <p>Source: Esser et al., Taming transformers, CVPR 2021, and its code (known); DCKD (arXiv
 * 2412.08939) takes the first block of each level (known). Reconstructed: what happens to sizes
 * that are no multiples of 16.
 */
public final class VqEncoder implements PerceptualEncoder, AutoCloseable {
  private static final int COLOURS = 3;
  private static final long STRIDE = 1L << (LEVELS - 1);

  private final ParameterSet parameters;
  private final Conv2d enter;
  private final List<EncoderLevel> levels = new ArrayList<>();
  private final ResidualBlock middleFirst;
  private final AttentionBlock middleAttention;
  private final ResidualBlock middleSecond;
  private final GroupNorm norm;
  private final Conv2d leave;
  private final Conv2d toCodebook;
  private final Parameter codebook;

  /** Makes the layers into a set that is not open yet. */
  VqEncoder(EncoderShape shape, ParameterSet parameters, Draws draws) {
    this.parameters = parameters;
    LayerFactory top = LayerFactory.into(parameters, new ArrayList<>(), draws);
    LayerFactory layers = top.under("encoder");
    int width = shape.widths().get(0);
    enter = layers.conv("conv_in", COLOURS, width, 3, InputRange.SIGNED);
    for (int i = 0; i < LEVELS; i++) {
      levels.add(new EncoderLevel(layers.under("down." + i), width, shape, i));
      width = shape.widths().get(i);
    }
    middleFirst = new ResidualBlock(layers.under("mid.block_1"), width, width, shape.groups());
    middleAttention = new AttentionBlock(layers.under("mid.attn_1"), width, shape.groups());
    middleSecond = new ResidualBlock(layers.under("mid.block_2"), width, width, shape.groups());
    norm = new GroupNorm(layers.under("norm_out"), width, shape.groups(), ResidualBlock.EPSILON);
    leave = layers.conv("conv_out", width, shape.latent(), 3, InputRange.SIGNED);
    toCodebook = top.conv("quant_conv", shape.latent(), shape.embedding(), 1, InputRange.SIGNED);
    codebook =
        top.parameter(
            EncoderGuess.CODEBOOK,
            new Shape(shape.entries(), shape.embedding()),
            Initializer.normal(1));
  }

  /**
   * Builds the encoder that a checkpoint holds, whatever its sizes; other tensors are passed over.
   *
   * @param source names the checkpoint in a message, usually a file
   * @param parent owns the encoder's buffer unless it is closed before
   * @throws GridException if the checkpoint lacks a tensor or has one of another size
   */
  public static VqEncoder load(Checkpoint checkpoint, String source, NDManager parent) {
    EncoderShape shape = EncoderGuess.of(checkpoint, source);
    ParameterSet parameters = new ParameterSet();
    VqEncoder encoder = new VqEncoder(shape, parameters, Draws.of("overwritten"));
    parameters.open(parent);
    try {
      parameters.load(checkpoint.tensors(), source);
      return encoder;
    } catch (RuntimeException e) {
      encoder.close();
      throw e;
    }
  }

  /** Returns whether a part of a file has the tensors that tell an encoder with a codebook. */
  public static boolean mayBeIn(WeightPart part) {
    return part.shapes()
        .keySet()
        .containsAll(List.of(EncoderGuess.CODEBOOK, "encoder.conv_out.weight"));
  }

  /**
   * Returns those tensors of a checkpoint that are the encoder's, its codebook's among them.
   *
   * @param source names the checkpoint in a message, usually a file
   * @throws GridException if the checkpoint lacks a tensor or has one of another size
   */
  public static Checkpoint only(Checkpoint checkpoint, String source) {
    EncoderShape shape = EncoderGuess.of(checkpoint, source);
    ParameterSet parameters = new ParameterSet();
    new VqEncoder(shape, parameters, Draws.of("overwritten"));
    parameters.requireFit(checkpoint.tensors(), source);
    SortedMap<String, HostTensor> tensors = new TreeMap<>(checkpoint.tensors());
    tensors.keySet().retainAll(parameters.shapes().keySet());
    return Checkpoint.of(tensors, shape.metadata());
  }

  /**
   * Returns the canonical name of the encoder that a checkpoint holds.
   *
   * @param source names the checkpoint in a message, usually a file
   * @throws GridException if it holds none
   */
  public static String name(Checkpoint checkpoint, String source) {
    return EncoderGuess.of(checkpoint, source).canonical();
  }

  @Override
  public List<NDArray> levels(NDArray images) {
    List<NDArray> features = new ArrayList<>();
    first(images, features);
    return List.copyOf(features);
  }

  @Override
  public Encoding encode(NDArray images) {
    List<NDArray> features = new ArrayList<>();
    NDArray last = levels.get(LEVELS - 1).rest(first(images, features));
    NDArray middle = middleSecond.forward(middleAttention.forward(middleFirst.forward(last)));
    NDArray latent = toCodebook.forward(leave.forward(Swish.of(norm.forward(middle))));
    return new Encoding(features, cropped(latent, images, STRIDE));
  }

  /** Returns the codebook, M×D. It is the encoder's own: use it as a second operand. */
  @Override
  public NDArray codebook() {
    return codebook.array();
  }

  /** Returns its parameters, decoder included while it is part of an {@link VqAutoEncoder}. */
  ParameterSet parameters() {
    return parameters;
  }

  Parameter codebookParameter() {
    return codebook;
  }

  @Override
  public void close() {
    parameters.close();
  }

  // Returns what the last level's first block computes, uncropped.
  private NDArray first(NDArray images, List<NDArray> into) {
    NDArray first = null;
    NDArray features = enter.forward(entering(images));
    for (int i = 0; i < LEVELS; i++) {
      if (i > 0) {
        features = levels.get(i - 1).rest(first);
      }
      first = levels.get(i).first(features);
      into.add(cropped(first, images, 1L << i));
    }
    return first;
  }

  private static NDArray entering(NDArray images) {
    NDArray coloured = images;
    if (images.getShape().get(1) != COLOURS) {
      coloured = images.repeat(1, COLOURS);
    }
    return Padding.reflectTo(Shifted.by(-1, Scaled.by(2, coloured)), STRIDE);
  }

  private static NDArray cropped(NDArray features, NDArray images, long stride) {
    long height = places(images.getShape().get(2), stride);
    long width = places(images.getShape().get(3), stride);
    return Padding.crop(features, height, width);
  }

  private static long places(long length, long stride) {
    return (length + stride - 1) / stride;
  }
}
