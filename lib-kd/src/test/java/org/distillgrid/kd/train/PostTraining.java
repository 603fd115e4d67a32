package org.distillgrid.kd.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.distillgrid.kd.SharedData;
import org.distillgrid.kd.eval.Evaluator;
import org.distillgrid.kd.eval.ImageFolder;
import org.distillgrid.kd.eval.ImageScore;
import org.distillgrid.kd.eval.NamedImage;
import org.distillgrid.kd.image.Channels;
import org.distillgrid.kd.image.ImageReader;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.quant.Bits;
import org.distillgrid.kd.quant.QuantizedNetwork;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.task.SuperResolution;
import org.distillgrid.kd.train.patches.PatchSource;
import org.distillgrid.kd.weights.file.Checkpoints;

/**
 * The released RLFN ×2, quantised without training: calibrated on four batches of eight crops of
 * T91 (the middle 64×64 pixels of each image that has them, 32×32 after degradation) and scored on
 * Set5. Skips where these images are not beside the checkout.
 */
final class PostTraining {
  private static final int SIDE = 64;
  private static final int BATCHES = 4;
  private static final int BATCH = 8;

  private PostTraining() {}

  /** Returns the mean luma PSNR over Set5. */
  static double psnr(String quantizer, String bits) {
    Path weights = SharedData.path("teachers/rlfn_x2.npz");
    SuperResolution task = new SuperResolution(2);
    List<NamedImage> images = images("Set5");
    BatchStream stream = new BatchStream(crops(task), task, BATCH, 0);
    try (NDManager manager = NDManager.newBaseManager();
        QuantizedNetwork student =
            QuantizedNetwork.build(
                "rlfn",
                new ModelTarget(3, 2),
                quantizer,
                Bits.parse(bits),
                Draws.of("overwritten"),
                manager)) {
      student.network().load(Checkpoints.open(weights), weights.toString());
      List<NDArray> batches =
          IntStream.range(0, BATCHES)
              .mapToObj(number -> stream.calibration(number, manager))
              .toList();
      student.calibrate(batches);
      student.tune(batches, manager);
      return ImageScore.mean(Evaluator.of(task, 3).network(student.network(), images)).psnr();
    }
  }

  private static PatchSource crops(SuperResolution task) {
    List<PatchSource.Pair> pairs = new ArrayList<>();
    for (NamedImage image : images("T91")) {
      PlanarImage whole = Channels.RGB.of(image.image().get());
      if (whole.height() >= SIDE && whole.width() >= SIDE) {
        int row = (whole.height() - SIDE) / 2;
        int column = (whole.width() - SIDE) / 2;
        PlanarImage crop = whole.crop(row, column, SIDE, SIDE);
        pairs.add(new PatchSource.Pair(task.degrade(crop), crop));
      }
    }
    return Cohorts.source(pairs);
  }

  private static List<NamedImage> images(String set) {
    return ImageFolder.images(SharedData.path("images/" + set), ImageReader.bounded(10_000_000));
  }
}
