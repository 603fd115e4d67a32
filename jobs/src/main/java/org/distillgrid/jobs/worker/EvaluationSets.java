package org.distillgrid.jobs.worker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.hadoop.fs.Path;
import org.distillgrid.jobs.journal.ImageMetrics;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.eval.Evaluator;
import org.distillgrid.kd.eval.ImageScore;
import org.distillgrid.kd.eval.Judge;
import org.distillgrid.kd.eval.LoadedNetwork;
import org.distillgrid.kd.eval.LpipsMetric;
import org.distillgrid.kd.eval.MemoryBound;
import org.distillgrid.kd.eval.NamedImage;
import org.distillgrid.kd.eval.Restoration;
import org.distillgrid.kd.image.ImageReader;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.perceptual.lpips.Backbone;
import org.distillgrid.kd.task.Judgement;
import org.distillgrid.kd.task.Task;
import org.distillgrid.kd.train.TrainedTrial;
import org.distillgrid.kd.train.TrainingDevice;
import org.distillgrid.kd.weights.Checkpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The test images of one task: decoded once, however many networks are scored on them, as is the
 * network that LPIPS compares them in loaded once.
 */
final class EvaluationSets implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(EvaluationSets.class);

  private final CohortOrder.Work work;
  private final Task task;
  private final TrainingDevice device;
  private final Map<String, PlanarImage> decoded = new HashMap<>();
  private Optional<LpipsMetric> opened = Optional.empty();

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
      return rows(
          Restoration.by(loaded.network(), task, memory(), note -> LOGGER.warn("{}", note)));
    }
  }

  /** Scores bicubic interpolation, or the input itself at scale 1. */
  List<ImageMetrics> bicubic() {
    return rows(Restoration.bicubic(task));
  }

  private MemoryBound memory() {
    return MemoryBound.mebibytes(work.evaluationMemory());
  }

  private List<ImageMetrics> rows(Restoration restoration) {
    Map<String, List<NamedImage>> sets = new LinkedHashMap<>();
    for (EvaluationImage image : work.images()) {
      sets.computeIfAbsent(image.dataset(), absent -> new ArrayList<>())
          .add(image.named(this::read));
    }
    List<ImageMetrics> rows = new ArrayList<>();
    sets.forEach((dataset, images) -> rows.addAll(rows(restoration, dataset, images)));
    return rows;
  }

  private List<ImageMetrics> rows(
      Restoration restoration, String dataset, List<NamedImage> images) {
    Judgement judgement = work.judging().of(dataset);
    return Evaluator.of(task, work.channels())
        .judgedBy(Judge.by(judgement, lpips()))
        .scores(restoration, images, score -> {})
        .stream()
        .map(score -> row(score, judgement))
        .toList();
  }

  private LpipsMetric lpips() {
    NetworkWeights network = work.judging().lpips();
    if (!network.present()) {
      return LpipsMetric.none();
    }
    if (opened.isEmpty()) {
      Checkpoint weights = work.run().checkpoint(network.path());
      Backbone backbone = Backbone.named(network.name());
      opened =
          Optional.of(
              LpipsMetric.open(backbone, weights, network.path(), memory(), device.device()));
    }
    return opened.get();
  }

  private PlanarImage read(String location) {
    return decoded.computeIfAbsent(location, this::decode);
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

  private static ImageMetrics row(ImageScore score, Judgement judgement) {
    return new ImageMetrics(
        score.dataset(),
        score.image(),
        score.score().psnr(),
        nullable(score.score().ssim()),
        nullable(score.score().lpips()),
        judgement.space().name().toLowerCase(Locale.ROOT),
        judgement.cropPixels());
  }

  private static Double nullable(OptionalDouble value) {
    if (value.isEmpty()) {
      return null;
    }
    return value.getAsDouble();
  }

  @Override
  public void close() {
    opened.ifPresent(LpipsMetric::close);
  }
}
