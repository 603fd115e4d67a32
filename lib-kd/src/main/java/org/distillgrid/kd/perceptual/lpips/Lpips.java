package org.distillgrid.kd.perceptual.lpips;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.Channels;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.image.UnitRange;
import org.distillgrid.kd.nn.GradientMode;
import org.distillgrid.kd.nn.HostValues;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.nn.Scratch;
import org.distillgrid.kd.nn.Tensors;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.HostTensor;

/**
 * Learned perceptual image patch similarity: 0 for equal images, greater the less alike they look.
 * Features of several depths are divided by their norm at every place; squared differences are
 * summed over channels with linear weights, averaged over places, and added up over the depths.
 * Images enter as 2x − 1, shifted and scaled as in lpips; grey ones are repeated. Source: Zhang et
 * al., The unreasonable effectiveness of deep features as a perceptual metric (CVPR 2018), and the
 * released code, lpips 0.1 (known). It is a metric: nothing of it is on the gradient tape.
 */
public final class Lpips implements AutoCloseable {
  private static final int COLOURS = 3;
  private static final float[] SHIFT = {-0.030f, -0.088f, -0.188f};
  private static final float[] SCALE = {0.458f, 0.448f, 0.450f};
  private static final int[] CHANNELS = {1};
  private static final int[] PLACES = {1};
  private static final float EPSILON = 1e-10f;

  private final Backbone backbone;
  private final ParameterSet parameters;
  private final List<FeatureStack.Stage> stages;
  private final NDManager manager;
  private final List<NDArray> linear = new ArrayList<>();

  private Lpips(Backbone backbone, NDManager parent) {
    this.backbone = backbone;
    this.parameters = new ParameterSet();
    this.stages = LpipsWeights.stages(backbone, parameters);
    this.manager = parent.newSubManager();
  }

  /**
   * Makes the metric from two files.
   *
   * @param features the backbone's weights under torchvision's names
   * @param linear the linear weights under lpips' names
   * @param parent owns the weights unless it is closed before
   * @throws GridException if a file holds the weights of another network
   */
  public static Lpips load(
      Backbone backbone, LpipsSource features, LpipsSource linear, NDManager parent) {
    Map<String, HostTensor> featureTensors = LpipsWeights.features(backbone).of(features);
    Map<String, HostTensor> linearTensors = LpipsWeights.linear(backbone).of(linear);
    Lpips lpips = new Lpips(backbone, parent);
    lpips.parameters.open(lpips.manager);
    lpips.parameters.load(featureTensors, features.name());
    for (int i = 0; i < linearTensors.size(); i++) {
      HostTensor tensor = linearTensors.get(LpipsWeights.linear(i));
      lpips.linear.add(Tensors.aligned(tensor.values(), new Shape(tensor.shape()), lpips.manager));
    }
    return lpips;
  }

  /**
   * Makes the metric from the weights of one checkpoint.
   *
   * @param weights backbone and linear weights, as {@link #weights} returns them
   * @param name what a message calls them
   * @param parent owns the weights unless it is closed before
   * @throws GridException if they are those of another network
   */
  public static Lpips load(Backbone backbone, Checkpoint weights, String name, NDManager parent) {
    LpipsSource both = new LpipsSource(weights, name);
    return load(backbone, both, both, parent);
  }

  /**
   * Returns all that the metric reads of two files, in one checkpoint.
   *
   * @throws GridException if a file holds the weights of another network
   */
  public static Checkpoint weights(Backbone backbone, LpipsSource features, LpipsSource linear) {
    Map<String, HostTensor> tensors = new TreeMap<>(LpipsWeights.features(backbone).of(features));
    tensors.putAll(LpipsWeights.linear(backbone).of(linear));
    return Checkpoint.of(tensors, Map.of());
  }

  /**
   * Returns the distance of two images of one size.
   *
   * @throws GridException if their sizes differ or are too small for the backbone
   */
  public double distance(PlanarImage first, PlanarImage second) {
    try (NDManager pass = manager.newSubManager()) {
      return HostValues.number(distance(array(first, pass), array(second, pass)));
    }
  }

  private static NDArray array(PlanarImage image, NDManager pass) {
    PlanarImage coloured = Channels.RGB.of(image);
    Shape shape = new Shape(1, COLOURS, image.height(), image.width());
    return Tensors.aligned(UnitRange.of(coloured), shape, pass);
  }

  /**
   * Returns the distance of each pair of images, as one row in the first one's manager.
   *
   * @param first in [0, 1], N×3×H×W or N×1×H×W
   * @param second likewise, of the same size
   * @throws GridException if their sizes differ or are too small for the backbone
   */
  public NDArray distance(NDArray first, NDArray second) {
    requireSizes(first.getShape(), second.getShape());
    return GradientMode.off(() -> Scratch.run(first, left -> summed(left, second)));
  }

  private void requireSizes(Shape first, Shape second) {
    if (first.get(2) != second.get(2) || first.get(3) != second.get(3)) {
      throw GridException.of(
          ErrorCode.INPUT,
          "Cannot compare an image of %d×%d with one of %d×%d",
          first.get(3),
          first.get(2),
          second.get(3),
          second.get(2));
    }
    if (Math.min(first.get(2), first.get(3)) < backbone.leastSide()) {
      throw GridException.of(
          ErrorCode.INPUT,
          "Cannot compare images of %d×%d by LPIPS %s: it needs at least %d×%d pixels",
          first.get(3),
          first.get(2),
          backbone.text(),
          backbone.leastSide(),
          backbone.leastSide());
    }
  }

  // Both images pass the layers side by side, so that no more than one depth is in memory.
  private NDArray summed(NDArray first, NDArray second) {
    NDManager scratch = first.getManager();
    NDArray left = Scratch.run(first, Lpips::entering);
    NDArray right = Scratch.run(within(scratch, second), Lpips::entering);
    NDArray sum = scratch.zeros(new Shape(first.getShape().get(0)));
    int depth = 0;
    for (FeatureStack.Stage stage : stages) {
      left = replaced(left, stage.layer());
      right = replaced(right, stage.layer());
      if (stage.width() > 0) {
        sum = sum.add(term(left, right, linear.get(depth)));
        depth++;
      }
    }
    return sum;
  }

  private static NDArray within(NDManager scratch, NDArray array) {
    NDArray alias = array.reshape(array.getShape());
    alias.attach(scratch);
    return alias;
  }

  private static NDArray replaced(NDArray features, FeatureLayer layer) {
    try (features) {
      return Scratch.run(features, layer::forward);
    }
  }

  private static NDArray entering(NDArray images) {
    NDArray coloured = images;
    if (images.getShape().get(1) != COLOURS) {
      coloured = images.repeat(1, COLOURS);
    }
    Shape perChannel = new Shape(1, COLOURS, 1, 1);
    NDManager scratch = images.getManager();
    NDArray shift = Tensors.aligned(SHIFT, perChannel, scratch);
    NDArray scale = Tensors.aligned(SCALE, perChannel, scratch);
    return Scaled.by(2, coloured).sub(1).sub(shift).div(scale);
  }

  private static NDArray term(NDArray left, NDArray right, NDArray weights) {
    return Scratch.run(
        left,
        features -> {
          NDArray other = within(features.getManager(), right);
          NDArray difference = normalized(features).sub(normalized(other));
          NDArray places = difference.square().mul(weights).sum(CHANNELS, true);
          return places.reshape(features.getShape().get(0), -1).mean(PLACES);
        });
  }

  private static NDArray normalized(NDArray features) {
    return features.div(features.norm(CHANNELS, true).add(EPSILON));
  }

  @Override
  public void close() {
    manager.close();
  }
}
