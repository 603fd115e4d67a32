package org.distillgrid.kd.model.imdn;

import java.util.List;
import java.util.Set;
import org.distillgrid.kd.model.ModelFamily;
import org.distillgrid.kd.model.ModelGuess;
import org.distillgrid.kd.model.ModelName;
import org.distillgrid.kd.model.ModelOption;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.TensorShapes;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.LayerFactory;

/**
 * IMDN (Hui et al., ACM MM 2019): blocks that keep a quarter of the channels at each of four steps,
 * closed by contrast-aware channel attention. Parameters are named as in the authors' code
 * (Zheng222/IMDN), so that its checkpoints load. Source: the paper and that code. *Known*.
 */
public final class ImdnFamily implements ModelFamily {
  private static final String PREFIX = "IMDB";
  private static final double RANGE = 1;

  @Override
  public String name() {
    return "imdn";
  }

  @Override
  public String help() {
    return "IMDN: c channels, b information multi-distillation blocks";
  }

  @Override
  public List<ModelOption> options() {
    return List.of(
        new ModelOption("c", "channels of the features", 64, ImdnBlock.PARTS, 1024),
        new ModelOption("b", "information multi-distillation blocks", 6, 1, 256));
  }

  @Override
  public Set<Integer> scales() {
    return Set.of(1, 2, 3, 4, 8);
  }

  @Override
  public Architecture build(ModelName name, ModelTarget target, LayerFactory layers) {
    int width = name.whole("c");
    return new FeatureDistillation(
        name, target, layers, RANGE, PREFIX, block -> new ImdnBlock(block, width));
  }

  @Override
  public List<ModelGuess> guess(TensorShapes shapes) {
    String model = "imdn" + FeatureDistillation.sizes(shapes, PREFIX);
    return List.of(ModelGuess.of(model, FeatureDistillation.target(shapes)));
  }
}
