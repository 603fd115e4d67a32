package org.distillgrid.kd.model;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.LayerFactory;

/**
 * FSRCNN (Dong et al., ECCV 2016): features of the small image are shrunk, mapped, expanded, and
 * enlarged by one 9×9 deconvolution; PReLU after every convolution. Parameters are named as in
 * yjn870/FSRCNN-pytorch, the paper's own code being Caffe. Source: the paper.
 */
public final class FsrcnnFamily implements ModelFamily {
  @Override
  public String name() {
    return "fsrcnn";
  }

  @Override
  public String help() {
    return "FSRCNN: d channels of the features, s inside, m mapping layers, then a deconvolution";
  }

  @Override
  public List<ModelOption> options() {
    return List.of(
        new ModelOption("d", "channels of the features", 56, 1, 1024),
        new ModelOption("s", "channels inside, after shrinking", 12, 1, 1024),
        new ModelOption("m", "mapping layers", 4, 1, 256));
  }

  @Override
  public Set<Integer> scales() {
    return Set.of(1, 2, 3, 4, 8);
  }

  @Override
  public Architecture build(ModelName name, ModelTarget target, LayerFactory layers) {
    return new Fsrcnn(name, target, layers);
  }

  // The deconvolution's kernel is as large at every scale, so that no shape shows by how much it
  // enlarges.
  @Override
  public List<ModelGuess> guess(TensorShapes shapes) {
    // Convolutions and activations take turns; the first of them shrinks, the last expands.
    int convolutions = shapes.count("mid_part.*.weight", 0) / 2;
    String model =
        String.format(
            Locale.ROOT,
            "fsrcnn-d%d-s%d-m%d",
            shapes.sizeOrZero("first_part.0.weight", 0),
            shapes.sizeOrZero("mid_part.0.weight", 0),
            convolutions - 2);
    return ModelGuess.everyScale(this, model, shapes.sizeOrZero("first_part.0.weight", 1));
  }
}
