package org.distillgrid.jobs.run;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.cluster.DeviceSlots;
import org.distillgrid.jobs.fleet.EvaluationImages;
import org.distillgrid.jobs.fleet.Fleet;
import org.distillgrid.jobs.fleet.FleetStage;
import org.distillgrid.jobs.fleet.ProgressDisplay;
import org.distillgrid.jobs.fleet.RunInputs;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.journal.Event;
import org.distillgrid.jobs.journal.EventKind;
import org.distillgrid.jobs.journal.FailedResult;
import org.distillgrid.jobs.journal.ImageMetrics;
import org.distillgrid.jobs.journal.Journal;
import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.jobs.plan.GridExpansion;
import org.distillgrid.jobs.plan.Trial;
import org.distillgrid.jobs.prepare.PrepareJob;
import org.distillgrid.jobs.report.Findings;
import org.distillgrid.jobs.report.Publication;
import org.distillgrid.jobs.report.RunTables;
import org.distillgrid.jobs.report.SummaryReport;
import org.distillgrid.jobs.score.ScoreJob;
import org.distillgrid.jobs.score.StudentChoice;
import org.distillgrid.jobs.shared.EncoderJob;
import org.distillgrid.jobs.shared.ReferenceScores;
import org.distillgrid.jobs.shared.TeachJob;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.table.PreparedData;
import org.distillgrid.jobs.table.TableName;
import org.distillgrid.jobs.table.Tables;
import org.distillgrid.jobs.worker.EncoderWeights;
import org.distillgrid.jobs.worker.TeacherWeights;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.eval.Restoration;
import org.distillgrid.kd.weights.Checkpoint;

/** The stages of a run, one after the other, in a folder that this driver has claimed. */
public final class RunStages {
  private final SparkSession session;
  private final RunSpec spec;
  private final Catalog catalog;
  private final RunFolder run;
  private final PrintWriter out;

  public RunStages(
      SparkSession session, RunSpec spec, Catalog catalog, RunFolder run, PrintWriter out) {
    this.session = session;
    this.spec = spec;
    this.catalog = catalog;
    this.run = run;
    this.out = out;
  }

  /**
   * Runs every stage.
   *
   * @param only beginning of the ids of the trials to train; empty for all
   * @return the exit status
   */
  public int all(String only, FleetStage.Next afterFailure) {
    Optional<Checkpoint> given = TeachJob.given(spec, run.files(), this::say);
    boolean readsEncoder = GridExpansion.expand(spec, catalog).readsEncoder();
    Optional<Checkpoint> givenEncoder = givenEncoder(readsEncoder);
    EvaluationImages images = EvaluationImages.of(session, spec, run, this::say);
    Journal journal = Journal.open(run.files(), run.journal());
    journal.append(Event.of(EventKind.RUN_STARTED, UUID.randomUUID().toString(), ""));
    PreparedData prepared = PrepareJob.run(session, spec, run, images, this::say);
    journal.append(Event.of(EventKind.STAGE_FINISHED, "prepare", prepared.fingerprint()));
    Fleet fleet = fleet();
    RunInputs inputs = withTeacher(prepared.fingerprint(), images, given, fleet);
    ReferenceScores references = TeachJob.references(inputs, fleet, this::say);
    journal.append(Event.of(EventKind.STAGE_FINISHED, "teach", inputs.teacher().hash()));
    if (readsEncoder) {
      inputs = inputs.withEncoder(EncoderJob.run(inputs, givenEncoder, fleet, this::say));
      journal.append(Event.of(EventKind.STAGE_FINISHED, "encode", inputs.encoder().hash()));
    }
    if (inputs.teacher().present()) {
      ScoreJob.run(session, spec, run, StudentChoice.bicubic(), this::say);
      journal.append(Event.of(EventKind.STAGE_FINISHED, "score", ""));
    }
    int failed = grid(inputs, references, journal, fleet, new Choice(only, afterFailure));
    journal.append(Event.of(EventKind.RUN_FINISHED, spec.name(), failed + " failed"));
    if (failed > 0) {
      return ErrorCode.TRAINING.exitStatus();
    }
    return 0;
  }

  /** Puts the teacher into the run folder, and prints how it scores. */
  public void teachAlone() {
    Optional<PreparedData> prepared = PreparedData.read(run);
    boolean trained = spec.teacher().isPresent() && spec.teacher().get().weights().isEmpty();
    if (prepared.isEmpty() && trained) {
      throw GridException.of(
          ErrorCode.INPUT, "Cannot teach: %s has no patches (run prepare first)", run.location());
    }
    EvaluationImages images = EvaluationImages.of(session, spec, run, this::say);
    Fleet fleet = fleet();
    String data = prepared.map(PreparedData::fingerprint).orElse("");
    RunInputs inputs =
        withTeacher(data, images, TeachJob.given(spec, run.files(), this::say), fleet);
    ReferenceScores references = TeachJob.references(inputs, fleet, this::say);
    print(SummaryReport.lines(List.of(), findings(Map.of(), references)));
  }

  private record Choice(String only, FleetStage.Next afterFailure) {}

  private Fleet fleet() {
    Duration deadline = Duration.ofSeconds(spec.cluster().startupDeadlineSeconds());
    return new Fleet(
        JavaSparkContext.fromSparkContext(session.sparkContext()),
        DeviceSlots.await(session, deadline),
        run,
        ProgressDisplay.onStandardError());
  }

  private RunInputs withTeacher(
      String data, EvaluationImages images, Optional<Checkpoint> given, Fleet fleet) {
    RunInputs withoutTeacher =
        new RunInputs(
            spec, catalog, run, data, TeacherWeights.NONE, EncoderWeights.NONE, images.usable());
    return withoutTeacher.withTeacher(TeachJob.run(withoutTeacher, given, fleet, this::say));
  }

  private Optional<Checkpoint> givenEncoder(boolean readsEncoder) {
    if (!readsEncoder) {
      return Optional.empty();
    }
    return EncoderJob.given(spec, run.files(), this::say);
  }

  private int grid(
      RunInputs inputs, ReferenceScores references, Journal journal, Fleet fleet, Choice choice) {
    List<Trial> trials = GridExpansion.expand(spec, catalog).trials();
    List<Trial> wanted =
        trials.stream().filter(trial -> trial.id(inputs.keys()).startsWith(choice.only())).toList();
    if (wanted.isEmpty()) {
      throw GridException.of(
          ErrorCode.USAGE, "Cannot train only %s: no trial's id begins so", choice.only());
    }
    RunTables tables = new RunTables(session, spec, run, inputs.keys(), trials);
    try (Publication publication = Publication.of(tables, run)) {
      GridObserver observer =
          new GridObserver() {
            @Override
            public void note(String line) {
              say(line);
            }

            @Override
            public void changed(Map<String, TrialResult> results) {
              publication.offer(findings(results, references));
            }
          };
      Map<String, TrialResult> results =
          new GridJob(inputs, journal, fleet, observer, choice.afterFailure())
              .run(trials, wanted::contains);
      Findings findings = findings(results, references);
      String version = publication.publish(findings);
      List<Row> summary = Tables.of(session, run).table(TableName.SUMMARY).collectAsList();
      print(SummaryReport.lines(summary, findings));
      say("Tables: " + run.location() + " (" + version + ")");
      return failures(wanted, results, inputs);
    }
  }

  private int failures(List<Trial> wanted, Map<String, TrialResult> results, RunInputs inputs) {
    int failed = 0;
    for (Trial trial : wanted) {
      if (results.get(trial.id(inputs.keys())) instanceof FailedResult result) {
        failed++;
        say("Failed: " + trial.name() + " (" + result.trialId() + "): " + result.error());
      }
    }
    return failed;
  }

  private Findings findings(Map<String, TrialResult> results, ReferenceScores references) {
    Map<String, List<ImageMetrics>> scores = new LinkedHashMap<>();
    scores.put(Restoration.referenceName(spec.task().scale()), references.bicubic());
    scores.put(Findings.TEACHER, references.teacher());
    return new Findings(results, scores);
  }

  private void print(List<String> lines) {
    out.println();
    lines.forEach(out::println);
    out.println();
    out.flush();
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }
}
