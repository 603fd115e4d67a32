package org.distillgrid.kd.model;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.weights.HostTensor;

/**
 * DnCNN (Zhang et al., IEEE Transactions on Image Processing 2017): a plain chain of 3×3
 * convolutions that estimates the noise, which is then subtracted. Parameters are named as in KAIR,
 * with batch normalisation (n1, its mode BR) and without (n0, its mode R, in which the authors
 * publish their weights); the names of the authors' first code, cszn/DnCNN, and of
 * SaoYan/DnCNN-PyTorch load too. A checkpoint with batch normalisation loads into n0: its factors
 * and statistics are folded into the convolutions. Source: the paper and its released code.
 */
public final class DnCnnFamily implements ModelFamily {
  @Override
  public String name() {
    return "dncnn";
  }

  @Override
  public String help() {
    return "DnCNN: d convolutions of c channels estimate the noise; n1 = with batch normalisation";
  }

  @Override
  public List<ModelOption> options() {
    return List.of(
        new ModelOption("c", "channels of the features", 64, 1, 1024),
        new ModelOption("d", "convolutions, first and last included", 17, 3, 128),
        new ModelOption("n", "1: batch normalisation behind all but first and last", 0, 0, 1));
  }

  @Override
  public Set<Integer> scales() {
    return Set.of(1);
  }

  @Override
  public Architecture build(ModelName name, ModelTarget target, LayerFactory layers) {
    return new DnCnn(name, target, layers);
  }

  @Override
  public List<ModelGuess> guess(TensorShapes shapes) {
    List<long[]> convolutions = DnCnnCheckpoint.convolutions(shapes.byName());
    if (convolutions.size() < 3) {
      return List.of();
    }
    long[] first = convolutions.get(0);
    ModelTarget target = new ModelTarget((int) Math.min(first[1], Integer.MAX_VALUE), 1);
    String plain = String.format("dncnn-c%d-d%d", first[0], convolutions.size());
    return List.of(ModelGuess.of(plain + "-n1", target), ModelGuess.of(plain, target));
  }

  @Override
  public boolean takes(ModelName name, String checkpointModel) {
    // Weights with batch normalisation are folded into a network without.
    String normalised = name.canonical().replaceFirst("-n0$", "-n1");
    return checkpointModel.equals(name.canonical()) || checkpointModel.equals(normalised);
  }

  @Override
  public Map<String, HostTensor> translate(
      ModelName name, ModelTarget target, Map<String, HostTensor> tensors) {
    return DnCnnCheckpoint.read(tensors)
        .map(checkpoint -> checkpoint.tensors(DnCnn.names(name)))
        .orElse(tensors);
  }
}
