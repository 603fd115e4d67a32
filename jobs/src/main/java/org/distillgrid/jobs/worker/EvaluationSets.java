package org.distillgrid.jobs.worker;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.hadoop.fs.Path;
import org.distillgrid.jobs.journal.ImageMetrics;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.eval.Evaluator;
import org.distillgrid.kd.eval.ImageScore;
import org.distillgrid.kd.eval.LoadedNetwork;
import org.distillgrid.kd.eval.MemoryBound;
import org.distillgrid.kd.eval.NamedImage;
import org.distillgrid.kd.eval.Restoration;
import org.distillgrid.kd.image.ImageReader;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.task.Judgement;
import org.distillgrid.kd.task.Task;
import org.distillgrid.kd.train.TrainedTrial;
import org.distillgrid.kd.train.TrainingDevice;
import org.distillgrid.kd.weights.Checkpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The test images of one task: decoded once, however many networks are scored on them. */
final class EvaluationSets {
  private static final Logger LOGGER = LoggerFactory.getLogger(EvaluationSets.class);

  private final CohortOrder.Work work;
  private final Task task;
  private final TrainingDevice device;
  private final Map<String, PlanarImage> decoded = new HashMap<>();

  EvaluationSets(CohortOrder.Work work, Task task, TrainingDevice device) {
    this.work = work;
    this.task = task;
    this.device = device;
  }

  /** Scores what a training left. */
  List<ImageMetrics> score(TrainedTrial trained) {
    return score(trained.weights(), "the weights of " + trained.id());
  }

  /**
   * Scores a checkpoint that names its model, on the device that it was made on.
   *
   * @param source names the checkpoint in a message
   */
  List<ImageMetrics> score(Checkpoint weights, String source) {
    if (work.images().isEmpty()) {
      return List.of();
    }
    String model = weights.metadata().get(Network.MODEL_KEY);
    ModelTarget target = new ModelTarget(work.channels(), work.task().scale());
    try (LoadedNetwork loaded =
        LoadedNetwork.open(model, target, weights, source, device.device())) {
      MemoryBound memory = MemoryBound.mebibytes(work.evaluationMemory());
      Restoration restoration =
          Restoration.by(loaded.network(), task, memory, note -> LOGGER.warn("{}", note));
      return rows(evaluator().scores(restoration, images(), score -> {}));
    }
  }

  /** Scores bicubic interpolation, or the input itself at scale 1. */
  List<ImageMetrics> bicubic() {
    return rows(evaluator().bicubic(images()));
  }

  private Evaluator evaluator() {
    return Evaluator.of(task, work.channels());
  }

  private List<NamedImage> images() {
    return work.images().stream()
        .map(image -> image.named(location -> decoded.computeIfAbsent(location, this::decode)))
        .toList();
  }

  private PlanarImage decode(String location) {
    Path path = new Path(location);
    byte[] content = work.run().files().required(path);
    try {
      return ImageReader.bounded(work.maxPixels()).read(content);
    } catch (GridException e) {
      throw GridException.of(e, e.code(), "Cannot evaluate on %s: %s", path, e.getMessage());
    }
  }

  private List<ImageMetrics> rows(List<ImageScore> scores) {
    Judgement judgement = task.judgement();
    String space = judgement.space().name().toLowerCase(Locale.ROOT);
    return scores.stream()
        .map(
            score ->
                new ImageMetrics(
                    score.dataset(),
                    score.image(),
                    score.score().psnr(),
                    nullable(score.score().ssim()),
                    space,
                    judgement.cropPixels()))
        .toList();
  }

  private static Double nullable(OptionalDouble value) {
    if (value.isEmpty()) {
      return null;
    }
    return value.getAsDouble();
  }
}
