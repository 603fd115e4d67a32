package org.distillgrid.jobs.export;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.fleet.EvaluationImages;
import org.distillgrid.jobs.journal.ExportResult;
import org.distillgrid.jobs.journal.ExportResults;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.spec.SpecReader;
import org.distillgrid.jobs.table.RunFolder;
import org.distillgrid.jobs.table.TableName;
import org.distillgrid.jobs.table.Tables;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.eval.LoadedNetwork;
import org.distillgrid.kd.export.OnnxExport;
import org.distillgrid.kd.export.OnnxFile;
import org.distillgrid.kd.export.OnnxSession;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.quant.Student;
import org.distillgrid.kd.task.Task;
import org.distillgrid.kd.task.Tasks;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.Checkpoints;

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
   * @throws GridException if there is no such finished trial, or it cannot be exported
   */
  public Outcome run(String id, Optional<java.nio.file.Path> out, OnnxFile.Size size) {
    Row trial = trial(id);
    RunSpec spec = spec();
    Path weights = new Path(run.root(), trial.<String>getAs("weights_path"));
    Checkpoint checkpoint = Checkpoints.read(bytes(weights), weights.toString());
    int channels = Network.imageChannels(checkpoint).orElse(spec.data().channels());
    ModelTarget target = new ModelTarget(channels, trial.getAs("scale"));
    try (LoadedNetwork loaded =
        LoadedNetwork.open(trial.getAs("student"), target, checkpoint, weights.toString())) {
      Student student = loaded.student();
      OnnxFile file = OnnxExport.of(student, size.height(), size.width());
      String path = write(trial.getAs("trial_id"), out, file);
      ExportResult result =
          new ExportResult(
              trial.getAs("trial_id"),
              FORMAT,
              path,
              file.bytes().length,
              file.opset(),
              file.size().map(OnnxFile.Size::toString).orElse("dynamic"),
              trial.getAs("weight_hash"),
              OnnxSession.runtime(),
              Instant.now().toString(),
              scores(spec, student, file, channels));
      new ExportResults(run).write(result);
      return new Outcome(result, file.obstacle());
    }
  }

  private Row trial(String id) {
    List<Row> found =
        Tables.open(session, run)
            .table(TableName.TRIALS)
            .where(col("trial_id").startsWith(id))
            .orderBy("trial_id")
            .collectAsList();
    if (found.size() != 1) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot export %s: %d trials of %s begin so; distill-grid sql %s"
              + " \"SELECT trial_id, student, bits, method FROM trials\" shows them",
          id,
          found.size(),
          run.location(),
          run.location());
    }
    Row trial = found.get(0);
    if (!trial.<String>getAs("status").equals("finished")) {
      throw GridException.of(
          ErrorCode.INPUT, "Cannot export %s: it failed: %s", id, trial.getAs("error"));
    }
    return trial;
  }

  private RunSpec spec() {
    String yaml =
        run.files()
            .text(run.spec())
            .orElseThrow(
                () ->
                    GridException.of(ErrorCode.INPUT, "Cannot read %s: no such file", run.spec()));
    return SpecReader.effective(yaml, run.spec().toString());
  }

  private byte[] bytes(Path path) {
    return run.files()
        .bytes(path)
        .orElseThrow(() -> GridException.of(ErrorCode.INPUT, "Cannot read %s: no such file", path));
  }

  private String write(String id, Optional<java.nio.file.Path> out, OnnxFile file) {
    if (out.isEmpty()) {
      String name = id + "." + FORMAT;
      run.files().replace(new Path(run.exports(), name), file.bytes());
      return run.exports().getName() + "/" + name;
    }
    try {
      return Files.write(out.get(), file.bytes()).toAbsolutePath().toString();
    } catch (IOException e) {
      throw GridException.of(e, ErrorCode.OUTPUT, "Cannot write %s: %s", out.get(), e);
    }
  }

  private List<ExportResult.Score> scores(
      RunSpec spec, Student student, OnnxFile file, int channels) {
    if (file.size().isPresent()) {
      return new ArrayList<>();
    }
    Task task = Tasks.of(spec.task().name(), spec.task().scale());
    return new ExportScores(run.files(), task, spec.data().maxPixels())
        .of(student, file, channels, EvaluationImages.of(spec.evaluate().sets(), run.files()));
  }
}
