package org.distillgrid.kd.perceptual.lpips;

import java.util.function.BiFunction;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.file.Checkpoints;
import org.distillgrid.kd.weights.file.PartFit;
import org.distillgrid.kd.weights.file.TakenWeights;
import org.distillgrid.kd.weights.file.WeightPath;

/**
 * The two files of LPIPS: of any format that is read here, each written {@code FILE} or {@code
 * FILE#part}. They may be one file that is named twice.
 *
 * @param backbone whose features are compared
 * @param features the backbone's weights under torchvision's names
 * @param linear the linear weights under lpips' names
 */
public record LpipsFiles(Backbone backbone, String features, String linear) {
  /**
   * Returns the weights of both files on this machine, without what is none of theirs.
   *
   * @throws org.distillgrid.kd.error.GridException if one cannot be read or holds the weights of
   *     another network
   */
  public Checkpoint weights() {
    return weights((file, fit) -> Checkpoints.take(WeightPath.of(file), fit));
  }

  /**
   * Returns the weights of both files, wherever they are, likewise.
   *
   * @param opening takes the part that fits out of a file
   */
  public Checkpoint weights(BiFunction<String, PartFit, TakenWeights> opening) {
    TakenWeights ofBackbone = opening.apply(features, backbone::isIn);
    TakenWeights ofLinear = opening.apply(linear, backbone::hasLinearIn);
    return Lpips.weights(
        backbone,
        new LpipsSource(ofBackbone.checkpoint(), features),
        new LpipsSource(ofLinear.checkpoint(), linear));
  }
}
