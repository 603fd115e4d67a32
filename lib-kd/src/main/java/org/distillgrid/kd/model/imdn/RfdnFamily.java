package org.distillgrid.kd.model.imdn;

import java.util.List;
import java.util.Set;
import org.distillgrid.kd.model.ModelFamily;
import org.distillgrid.kd.model.ModelGuess;
import org.distillgrid.kd.model.ModelName;
import org.distillgrid.kd.model.ModelOption;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.RoundedSize;
import org.distillgrid.kd.model.TensorShapes;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.block.SpatialAttention;

/**
 * RFDN (Liu et al., ECCV Workshops 2020): blocks of shallow residual blocks, beside which 1×1
 * convolutions distil features. The defaults are the released network (njulj/RFDN, the paper's
 * E-RFDN): 50 channels, 4 blocks, enhanced spatial attention; its parameter names are used.
 * *Known*. Its released weights work on images of 0..255, {@code rfdn-i255}. The networks of the
 * paper's tables, {@code rfdn-c48-b6-r4} and {@code rfdn-c52-b6-r4} (RFDN-L), have contrast-aware
 * channel attention; that its reduction is 4 was *reconstructed* from the six parameter counts that
 * the paper prints.
 */
public final class RfdnFamily implements ModelFamily {
  private static final String PREFIX = "B";
  private static final String CHANNEL_ATTENTION = PREFIX + "1.cca.conv_du.0.weight";

  private static final String RANGE = "i";

  // The reduction of the paper's channel attention.
  private static final int REDUCTION = 4;
  private static final int MOST_REDUCTION = 64;

  @Override
  public String name() {
    return "rfdn";
  }

  @Override
  public String help() {
    return "RFDN: c channels, b blocks, r0 = spatial attention, else channel attention of c/r";
  }

  @Override
  public List<ModelOption> options() {
    return List.of(
        new ModelOption("c", "channels of the features", 50, 4, 1024),
        new ModelOption("b", "residual feature distillation blocks", 4, 1, 256),
        new ModelOption(
            "r",
            "0: spatial attention; else the channel attention's reduction",
            0,
            0,
            MOST_REDUCTION),
        ModelOption.added(
            RANGE, "range of the images inside: 1, or 255 for the released weights", 1, 1, 255));
  }

  @Override
  public Set<Integer> scales() {
    return Set.of(1, 2, 3, 4, 8);
  }

  @Override
  public Architecture build(ModelName name, ModelTarget target, LayerFactory layers) {
    int width = name.whole("c");
    int reduction = name.whole("r");
    return new FeatureDistillation(
        name,
        target,
        layers,
        name.number(RANGE),
        PREFIX,
        block -> new RfdnBlock(block, width, reduction));
  }

  @Override
  public int leastSide(ModelName name) {
    if (name.whole("r") == 0) {
      return SpatialAttention.LEAST_SIDE;
    }
    return 1;
  }

  @Override
  public List<ModelGuess> guess(TensorShapes shapes) {
    int reduction = 0;
    if (shapes.has(CHANNEL_ATTENTION)) {
      int width = shapes.sizeOrZero(CHANNEL_ATTENTION, 1);
      int inner = shapes.sizeOrZero(CHANNEL_ATTENTION, 0);
      reduction = Math.min(MOST_REDUCTION, new RoundedSize(width, inner).divisor(REDUCTION));
    }
    String model = "rfdn" + FeatureDistillation.sizes(shapes, PREFIX) + "-r" + reduction;
    return List.of(ModelGuess.of(model, FeatureDistillation.target(shapes), RANGE));
  }
}
