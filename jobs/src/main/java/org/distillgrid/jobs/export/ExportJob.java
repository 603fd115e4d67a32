package org.distillgrid.jobs.export;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.fleet.EvaluationImages;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.journal.ExportResult;
import org.distillgrid.jobs.journal.ExportResults;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.table.TrainedStudent;
import org.distillgrid.jobs.worker.Judging;
import org.distillgrid.jobs.worker.NetworkWeights;
import org.distillgrid.kd.eval.LoadedNetwork;
import org.distillgrid.kd.export.OnnxExport;
import org.distillgrid.kd.export.OnnxFile;
import org.distillgrid.kd.export.OnnxLatency;
import org.distillgrid.kd.export.OnnxSession;
import org.distillgrid.kd.quant.QuantizedNetwork;
import org.distillgrid.kd.task.Task;
import org.distillgrid.kd.task.Tasks;

/** Writes the student of one trial of a run as ONNX, and scores the file against the student. */
public final class ExportJob {
  private static final String FORMAT = "onnx";

  private final SparkSession session;
  private final RunFolder run;

  /**
   * What came of it.
   *
   * @param result what was written down beside the file
   * @param obstacle why the file takes one size only, or empty
   */
  public record Outcome(ExportResult result, String obstacle) {}

  /** Exports trials of a run. */
  public ExportJob(SparkSession session, RunFolder run) {
    this.session = session;
    this.run = run;
  }

  /**
   * Exports a trial and writes down what is known of the file.
   *
   * @param id the trial's id, or the beginning of it
   * @param out the file, or none for one in the run folder
   * @param size of the image, where only one is possible
   * @throws org.distillgrid.kd.error.GridException if there is no such finished trial, or it cannot
   *     be exported
   */
  public Outcome run(String id, Optional<Path> out, OnnxFile.Size size) {
    TrainedStudent trial = ExportedTrial.find(session, run, id);
    try (LoadedNetwork loaded = trial.open()) {
      QuantizedNetwork student = loaded.quantizedNetwork();
      OnnxFile file = OnnxExport.of(student, size.height(), size.width());
      String path = new ExportPlace(run, out).write(trial.trialId() + "." + FORMAT, file.bytes());
      ExportResult result =
          new ExportResult(
              trial.trialId(),
              FORMAT,
              path,
              file.bytes().length,
              file.opset(),
              file.size().map(OnnxFile.Size::toString).orElse("dynamic"),
              trial.weightHash(),
              OnnxSession.runtime(),
              Instant.now().toString(),
              latency(student, file, size),
              scores(trial.spec(), student, file));
      new ExportResults(run).write(result);
      return new Outcome(result, file.obstacle());
    }
  }

  private static ExportResult.Latency latency(
      QuantizedNetwork student, OnnxFile file, OnnxFile.Size wanted) {
    OnnxFile.Size size = file.size().orElse(wanted);
    int channels = student.network().target().imageChannels();
    try (OnnxSession session = OnnxSession.open(file.bytes())) {
      return new ExportResult.Latency(
          size.toString(),
          OnnxLatency.milliseconds(session, channels, size.height(), size.width()));
    }
  }

  private List<ExportResult.Score> scores(RunSpec spec, QuantizedNetwork student, OnnxFile file) {
    if (file.size().isPresent()) {
      return new ArrayList<>();
    }
    int channels = student.network().target().imageChannels();
    Task task = Tasks.of(spec.task().name(), spec.task().scale());
    Judging judging = Judging.of(spec, NetworkWeights.NONE);
    return new ExportScores(run.files(), task, judging, spec.data().maxPixels())
        .of(student, file, channels, EvaluationImages.of(session, spec, run, line -> {}).usable());
  }
}
