package org.distillgrid.kd.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.distillgrid.kd.SharedData;
import org.distillgrid.kd.weights.HostTensor;
import org.distillgrid.kd.weights.file.Checkpoints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestFittingModels {
  @ParameterizedTest
  @CsvSource({
    "edsr-c4-b2, 3, 1",
    "edsr-c4-b3, 1, 2",
    "edsr-c5-b1, 3, 3",
    "edsr-c4-b2, 3, 4",
    "edsr-c4-b2, 3, 8",
    "rlfn-c8, 3, 2",
    "rlfn-c6, 1, 3",
    "rlfn-c8, 3, 4"
  })
  void findsTheOneThatFits(String model, int channels, int scale) {
    ModelTarget target = new ModelTarget(channels, scale);
    assertThat(fitting(shapes(model, target)))
        .extracting(ModelGuess::model, ModelGuess::target)
        .containsExactly(tuple(model, target));
  }

  @Test
  void saysWhatTheShapesDoNotShow() {
    ModelTarget target = new ModelTarget(3, 2);
    assertThat(fitting(shapes("edsr-c4-b2-m1-r0.1", target)))
        .containsExactly(ModelGuess.of("edsr-c4-b2", target, "m", "r"));
  }

  @Test
  void fitsExactlyOrNotAtAll() {
    Map<String, long[]> shapes = new TreeMap<>(shapes("rlfn-c8", new ModelTarget(3, 2)).byName());
    shapes.put("epoch", new long[0]);
    assertThat(fitting(TensorShapes.of(shapes))).isEmpty();
    shapes.remove("epoch");
    assertThat(fitting(TensorShapes.of(shapes))).hasSize(1);
    shapes.put("block_3.c5.bias", new long[] {9});
    assertThat(fitting(TensorShapes.of(shapes))).isEmpty();
    assertThat(fitting(TensorShapes.of(Map.of()))).isEmpty();
  }

  @Test
  void noClaimOfAFileMakesALargeNetwork() {
    long huge = Long.MAX_VALUE;
    Map<String, long[]> shapes = new TreeMap<>();
    for (int block = 0; block < 300; block++) {
      shapes.put("body." + block + ".conv1.weight", new long[] {huge, huge, 3, 3});
    }
    shapes.put("conv_first.weight", new long[] {1024, 3, 3, 3});
    shapes.put("conv_1.weight", new long[] {64, 0, 3, 3});
    shapes.put("upsampler.0.weight", new long[] {huge, 64, 3, 3});
    assertThat(fitting(TensorShapes.of(shapes))).isEmpty();
  }

  @Test
  void recognisesATeacher() {
    Map<String, HostTensor> tensors =
        Checkpoints.open(SharedData.path("teachers/rlfn_x2.npz")).tensors();
    Map<String, long[]> shapes = new TreeMap<>();
    tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    assertThat(fitting(TensorShapes.of(shapes)))
        .containsExactly(ModelGuess.of("rlfn-c52", new ModelTarget(3, 2)));
  }

  private static TensorShapes shapes(String model, ModelTarget target) {
    Map<String, long[]> shapes = new TreeMap<>();
    Network.shapes(model, target).forEach((name, shape) -> shapes.put(name, shape.getShape()));
    return TensorShapes.of(shapes);
  }

  // None of these families renames or folds anything, so values do not matter.
  private static List<ModelGuess> fitting(TensorShapes shapes) {
    return FittingModels.of(shapes, Map::of);
  }
}
