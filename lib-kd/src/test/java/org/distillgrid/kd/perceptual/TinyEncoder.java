package org.distillgrid.kd.perceptual;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.distillgrid.kd.nn.Conv2d;
import org.distillgrid.kd.nn.Initializer;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.Parameter;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.nn.block.AveragePool;
import org.distillgrid.kd.random.Draws;

/**
 * An encoder as small as can be, the same at every run: one convolution a level, half the size each
 * time, and a codebook of 7 entries. Python's twin of it is in {@code fixtures/dckd/make.py}.
 */
public final class TinyEncoder implements PerceptualEncoder {
  private static final List<Integer> WIDTHS = List.of(3, 4, 4, 5, 5, 6);
  private static final int LATENT = 3;
  private static final int ENTRIES = 7;
  private static final int KERNEL = 3;

  private final ParameterSet parameters = new ParameterSet();
  private final List<Conv2d> convolutions = new ArrayList<>();
  private final Conv2d toLatent;
  private final Parameter codebook;

  /** Makes one with drawn weights. */
  public TinyEncoder(NDManager manager) {
    LayerFactory layers =
        LayerFactory.into(parameters, new ArrayList<>(), Draws.of("tiny encoder"));
    for (int i = 0; i < LEVELS; i++) {
      convolutions.add(
          layers.conv(
              "level" + (i + 1), WIDTHS.get(i), WIDTHS.get(i + 1), KERNEL, InputRange.SIGNED));
    }
    toLatent = layers.conv("latent", WIDTHS.get(LEVELS), LATENT, 1, InputRange.SIGNED);
    codebook = layers.parameter("codebook", new Shape(ENTRIES, LATENT), Initializer.normal(1));
    parameters.open(manager);
  }

  /** Returns its weights, which are no leaves of the tape. */
  public ParameterSet parameters() {
    return parameters;
  }

  @Override
  public List<NDArray> levels(NDArray images) {
    NDArray features = images;
    if (images.getShape().get(1) == 1) {
      features = images.repeat(1, WIDTHS.get(0));
    }
    List<NDArray> levels = new ArrayList<>();
    for (Conv2d convolution : convolutions) {
      if (!levels.isEmpty()) {
        Shape shape = features.getShape();
        features = AveragePool.to(features, shape.get(2) / 2, shape.get(3) / 2);
      }
      features = convolution.forward(features).tanh();
      levels.add(features);
    }
    return levels;
  }

  @Override
  public Encoding encode(NDArray images) {
    List<NDArray> levels = levels(images);
    return new Encoding(levels, toLatent.forward(levels.get(LEVELS - 1)));
  }

  @Override
  public NDArray codebook() {
    return codebook.array();
  }
}
