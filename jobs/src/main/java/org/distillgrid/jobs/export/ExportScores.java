package org.distillgrid.jobs.export;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.distillgrid.jobs.folder.RunFiles;
import org.distillgrid.jobs.journal.ExportResult;
import org.distillgrid.jobs.worker.EvaluationImage;
import org.distillgrid.jobs.worker.Judging;
import org.distillgrid.kd.eval.Evaluator;
import org.distillgrid.kd.eval.ImageScore;
import org.distillgrid.kd.eval.Judge;
import org.distillgrid.kd.eval.NamedImage;
import org.distillgrid.kd.eval.Restoration;
import org.distillgrid.kd.export.OnnxFile;
import org.distillgrid.kd.export.OnnxSession;
import org.distillgrid.kd.image.ImageReader;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.image.UnitRange;
import org.distillgrid.kd.quant.QuantizedNetwork;
import org.distillgrid.kd.task.Task;

/** Scores a student and its exported file on the same degraded images. */
final class ExportScores {
  private final RunFiles files;
  private final Task task;
  private final Judging judging;
  private final long maxPixels;

  ExportScores(RunFiles files, Task task, Judging judging, long maxPixels) {
    this.files = files;
    this.task = task;
    this.judging = judging;
    this.maxPixels = maxPixels;
  }

  List<ExportResult.Score> of(
      QuantizedNetwork student, OnnxFile file, int channels, List<EvaluationImage> images) {
    Restoration ofStudent = Restoration.by(student.network(), task);
    List<ExportResult.Score> scores = new ArrayList<>();
    try (OnnxSession session = OnnxSession.open(file.bytes())) {
      for (EvaluationImage image : images) {
        Evaluator evaluator =
            Evaluator.of(task, channels).judgedBy(Judge.by(judging.of(image.dataset())));
        scores.add(
            new ExportResult.Score(
                image.dataset(),
                image.image(),
                psnr(evaluator, ofStudent, image),
                psnr(evaluator, by(session), image)));
      }
    }
    return scores;
  }

  private double psnr(Evaluator evaluator, Restoration restoration, EvaluationImage image) {
    NamedImage named = image.named(this::read);
    ImageScore score = evaluator.scores(restoration, List.of(named), each -> {}).get(0);
    return score.score().psnr();
  }

  private Restoration by(OnnxSession session) {
    return (degraded, draws) -> {
      PlanarImage stored = degraded.stored();
      float[] input = task.input(degraded, draws.at(0, "input"));
      float[] output = session.run(input, 1, stored.channels(), stored.height(), stored.width());
      return UnitRange.image(
          output, stored.channels(), stored.height() * task.scale(), stored.width() * task.scale());
    };
  }

  private PlanarImage read(String location) {
    Path path = new Path(location);
    byte[] content = files.required(path);
    return ImageReader.bounded(maxPixels).read(content);
  }
}
