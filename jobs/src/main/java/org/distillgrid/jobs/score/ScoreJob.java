package org.distillgrid.jobs.score;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.TaskCompletionListener;
import org.distillgrid.jobs.cluster.LongTasks;
import org.distillgrid.jobs.folder.RunFiles;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.table.DataStaging;
import org.distillgrid.jobs.table.PreparedData;
import org.distillgrid.jobs.table.ScoredData;
import org.distillgrid.jobs.table.TableName;
import org.distillgrid.jobs.table.Tables;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.task.Task;
import org.distillgrid.kd.task.Tasks;

/** Fills the difficulty table of a run whose patches are prepared and whose teacher is there. */
public final class ScoreJob {
  private ScoreJob() {}

  /**
   * Scores every patch, or finds that this was done with the same patches and networks.
   *
   * @param student whose error counts
   * @param messages takes the summary, a line at a time
   * @return what the difficulty table was made with
   * @throws GridException if patches or teacher are missing, a checkpoint does not fit its model,
   *     or nothing can be written
   */
  public static ScoredData run(
      SparkSession session,
      RunSpec spec,
      RunFolder run,
      StudentChoice student,
      Consumer<String> messages) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    return run(session, spec, run, student, messages, patches -> LongTasks.of(spark, patches));
  }

  /**
   * Scores every patch as {@link #run(SparkSession, RunSpec, RunFolder, StudentChoice, Consumer)}
   * does.
   *
   * @param placing makes tasks ask for the place that networks need: beside trainings, each of
   *     which wants its process for itself, a whole slot
   */
  public static ScoredData run(
      SparkSession session,
      RunSpec spec,
      RunFolder run,
      StudentChoice student,
      Consumer<String> messages,
      UnaryOperator<JavaRDD<Row>> placing) {
    PreparedData prepared =
        PreparedData.read(run)
            .orElseThrow(
                () ->
                    GridException.of(
                        ErrorCode.INPUT,
                        "Cannot score: %s has no patches (run prepare first)",
                        run.location()));
    ScoringModels models =
        new ScoringModels(
            task(spec),
            spec.data().channels(),
            teacher(spec, run, messages),
            students(student, target(spec), run.files(), messages));
    ScoredData wanted =
        new ScoredData(
            prepared.fingerprint(),
            models.teacher().model(),
            models.teacher().hash(),
            models.studentName(),
            models.studentHash(),
            prepared.totalPatches());
    if (ScoredData.read(run).equals(Optional.of(wanted)) && run.files().exists(run.difficulty())) {
      messages.accept(summary("Already scored", wanted));
      return wanted;
    }
    check(models);
    write(session, run, models, placing);
    wanted.write(run);
    messages.accept(summary("Scored", wanted));
    return wanted;
  }

  // A checkpoint that does not fit is told before a Spark job starts.
  private static void check(ScoringModels models) {
    SharedScorer.acquire(models).release();
  }

  private static void write(
      SparkSession session,
      RunFolder run,
      ScoringModels models,
      UnaryOperator<JavaRDD<Row>> placing) {
    Broadcast<ScoringModels> sent =
        JavaSparkContext.fromSparkContext(session.sparkContext()).broadcast(models);
    JavaRDD<Row> rows =
        placing
            .apply(Tables.of(session, run).table(TableName.PATCHES).javaRDD())
            .mapPartitions(
                patches -> {
                  SharedScorer scorer = SharedScorer.acquire(sent.value());
                  TaskContext.get()
                      .addTaskCompletionListener(
                          (TaskCompletionListener) context -> scorer.release());
                  return new ScoreRows(patches, scorer);
                });
    Dataset<Row> scored = session.createDataFrame(rows, TableName.DIFFICULTY.schema());
    try (DataStaging staging = DataStaging.open(session, run)) {
      staging.write("score: difficulty", TableName.DIFFICULTY, scored.sort("patch_id"));
      run.files().delete(run.scored());
      staging.install(TableName.DIFFICULTY, run.difficulty());
    } finally {
      sent.destroy();
    }
  }

  private static ModelTarget target(RunSpec spec) {
    return new ModelTarget(spec.data().channels(), spec.task().scale());
  }

  private static ModelFile teacher(RunSpec spec, RunFolder run, Consumer<String> messages) {
    String model =
        spec.teacher()
            .orElseThrow(
                () -> GridException.of(ErrorCode.USAGE, "Cannot score: the spec has no teacher"))
            .model();
    Optional<String> weights = spec.teacher().get().weights();
    String kept = run.teacher().weights();
    if (run.files().exists(run.at(kept))) {
      return ModelFile.read(model, target(spec), run.at(kept).toString(), run.files(), messages);
    }
    String file =
        weights.orElseThrow(
            () ->
                GridException.of(
                    ErrorCode.INPUT,
                    "Cannot score: %s has no teacher (run teach first, or set"
                        + " teacher.weights)",
                    run.location()));
    return ModelFile.read(model, target(spec), file, run.files(), messages);
  }

  private static List<ModelFile> students(
      StudentChoice choice, ModelTarget target, RunFiles files, Consumer<String> messages) {
    if (choice instanceof StudentChoice.Trained trained) {
      return List.of(ModelFile.read(trained.model(), target, trained.weights(), files, messages));
    }
    return List.of();
  }

  private static Task task(RunSpec spec) {
    return Tasks.of(spec.task().name(), spec.task().scale());
  }

  private static String summary(String verb, ScoredData scored) {
    return String.format(
        Locale.ROOT,
        "%s %d patches: teacher %s, student %s",
        verb,
        scored.patches(),
        scored.teacher(),
        scored.student());
  }
}
