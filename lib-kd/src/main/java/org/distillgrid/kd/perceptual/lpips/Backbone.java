package org.distillgrid.kd.perceptual.lpips;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.error.NearestName;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.weights.file.WeightPart;

/** The networks in whose features LPIPS compares images, by the names that lpips gives them. */
public enum Backbone {
  /** AlexNet: what papers report unless they say otherwise. */
  ALEX(31, 4),
  /** SqueezeNet 1.1. */
  SQUEEZE(17, 16),
  /** VGG-16. */
  VGG(16, 64);

  // The widest features beside their norms, differences and products, of both images.
  private static final int WIDEST_AT_ONCE = 8;
  // Both images while they are shifted and scaled.
  private static final int ENTERING = 3 * 12;

  private final int leastSide;
  private final int widest;

  /**
   * @param widest numbers a pixel of the image that the widest features have
   */
  Backbone(int leastSide, int widest) {
    this.leastSide = leastSide;
    this.widest = widest;
  }

  /**
   * Returns the backbone of a name: {@code alex}, {@code squeeze} or {@code vgg}.
   *
   * @throws GridException if there is none
   */
  public static Backbone named(String text) {
    List<String> names = Arrays.stream(values()).map(Backbone::text).toList();
    int place = names.indexOf(text);
    if (place < 0) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot measure LPIPS with %s: there are %s%s",
          text,
          String.join(", ", names),
          NearestName.hint(text, names));
    }
    return values()[place];
  }

  /** Returns its name. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the least height and width of an image that it looks at. */
  public int leastSide() {
    return leastSide;
  }

  /** Returns about how many bytes its tensors take for each pixel of two images. */
  public long bytesPerPixel() {
    return (long) Float.BYTES * (WIDEST_AT_ONCE * widest + ENTERING);
  }

  /** Returns how many bytes its weights and the linear ones take. */
  public long weightBytes() {
    return LpipsWeights.features(this).bytes() + LpipsWeights.linear(this).bytes();
  }

  /** Returns whether a part of a file has this backbone's tensors, a classifier beside or not. */
  public boolean isIn(WeightPart part) {
    return LpipsWeights.features(this).misfit(LpipsWeights.named(part.shapes())).isEmpty();
  }

  /** Returns whether a part of a file has this backbone's linear weights. */
  public boolean hasLinearIn(WeightPart part) {
    return LpipsWeights.linear(this).misfit(LpipsWeights.named(part.shapes())).isEmpty();
  }

  List<FeatureStack.Stage> stages(LayerFactory layers) {
    return switch (this) {
      case ALEX -> FeatureStack.alexNet(layers);
      case SQUEEZE -> FeatureStack.squeezeNet(layers);
      case VGG -> FeatureStack.vgg16(layers);
    };
  }
}
