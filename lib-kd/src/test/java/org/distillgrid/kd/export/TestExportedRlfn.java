package org.distillgrid.kd.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.distillgrid.kd.SharedData;
import org.distillgrid.kd.eval.Evaluator;
import org.distillgrid.kd.eval.ImageFolder;
import org.distillgrid.kd.eval.ImageScore;
import org.distillgrid.kd.eval.NamedImage;
import org.distillgrid.kd.eval.Restoration;
import org.distillgrid.kd.image.ImageReader;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.image.UnitRange;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.nn.Tensors;
import org.distillgrid.kd.quant.Bits;
import org.distillgrid.kd.quant.QuantizedNetwork;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.task.SuperResolution;
import org.distillgrid.kd.weights.file.Checkpoints;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RLFN's released weights at 8 bits on Set5: fake-quantised here, and as integers in a file. */
class TestExportedRlfn {
  private static final int SCALE = 2;

  private final SuperResolution task = new SuperResolution(SCALE);

  @ParameterizedTest
  @CsvSource({"minmax, w8a8", "minmax-symmetric, w8a8"})
  void scoresTheSameOnSet5(String quantizer, String bits) {
    Path weights = SharedData.path("teachers/rlfn_x2.npz");
    List<NamedImage> images =
        ImageFolder.images(SharedData.path("images/Set5"), ImageReader.bounded(10_000_000));
    ModelTarget target = new ModelTarget(3, SCALE);
    try (NDManager manager = NDManager.newBaseManager();
        QuantizedNetwork student =
            QuantizedNetwork.build(
                "rlfn", target, quantizer, Bits.parse(bits), Draws.of("s"), manager)) {
      student.network().load(Checkpoints.open(weights), weights.toString());
      student.calibrate(calibration(images, manager));
      Evaluator evaluator = Evaluator.of(task, 3);
      double fake = psnr(evaluator.network(student.network(), images));
      try (OnnxSession session = OnnxSession.open(OnnxExport.of(student, 64, 64).bytes())) {
        double whole = psnr(evaluator.scores(by(session), images, score -> {}));
        assertThat(whole).isCloseTo(fake, within(0.02));
        assertThat(whole).isGreaterThan(37);
      }
    }
  }

  // A patch from the middle of each image.
  private List<NDArray> calibration(List<NamedImage> images, NDManager manager) {
    List<NDArray> batches = new ArrayList<>();
    for (NamedImage image : images) {
      PlanarImage small = task.degrade(task.align(image.image().get()));
      NDArray whole =
          Tensors.aligned(
              UnitRange.of(small), new Shape(1, 3, small.height(), small.width()), manager);
      int top = small.height() / 2 - 24;
      int left = small.width() / 2 - 24;
      batches.add(whole.get(":,:,{}:{},{}:{}", top, top + 48, left, left + 48));
    }
    return batches;
  }

  private Restoration by(OnnxSession session) {
    return (degraded, draws) -> {
      PlanarImage stored = degraded.stored();
      float[] input = task.input(degraded, draws.at(0, "input"));
      float[] output = session.run(input, 1, 3, stored.height(), stored.width());
      return UnitRange.image(output, 3, stored.height() * SCALE, stored.width() * SCALE);
    };
  }

  private static double psnr(List<ImageScore> scores) {
    return ImageScore.mean(scores).psnr();
  }
}
