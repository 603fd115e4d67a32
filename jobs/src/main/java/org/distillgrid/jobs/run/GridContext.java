package org.distillgrid.jobs.run;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.cluster.DeviceSlots;
import org.distillgrid.jobs.fleet.Fleet;
import org.distillgrid.jobs.fleet.Progress;
import org.distillgrid.jobs.fleet.ProgressLine;
import org.distillgrid.jobs.fleet.RunInputs;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.journal.ImageMetrics;
import org.distillgrid.jobs.journal.Standing;
import org.distillgrid.jobs.report.Findings;
import org.distillgrid.jobs.shared.LpipsWeights;
import org.distillgrid.jobs.shared.ReferenceScores;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.kd.eval.Restoration;

/** What every stage of a run works with, in a folder that this driver has claimed. */
record GridContext(
    SparkSession session, RunSpec spec, Catalog catalog, RunFolder run, GridListener listener) {

  private record Forwarded(GridListener listener, ProgressFile file) implements Progress {
    @Override
    public void show(ProgressLine line) {
      listener.progressed(line);
      file.show(line);
    }

    @Override
    public void end() {
      listener.progressEnded();
      file.end();
    }
  }

  void say(String line) {
    listener.line(line);
  }

  /** Says the lines of a table, set off from what is around it. */
  void sayTable(List<String> lines) {
    say("");
    lines.forEach(this::say);
    say("");
  }

  /**
   * Returns what trainings are made from as long as there is neither teacher nor encoder, and keeps
   * the weights of LPIPS.
   *
   * @param data fingerprint of the patch table
   */
  RunInputs inputs(String data, CheckedInputs checked) {
    LpipsWeights lpips = new LpipsWeights(spec, run.files());
    return RunInputs.begun(spec, catalog, run, data, checked.images().usable())
        .withLpips(lpips.keep(run, checked.lpips(), this::say));
  }

  /** Waits for the executors and returns a fleet on their slots. */
  Fleet fleet() {
    Duration deadline = Duration.ofSeconds(spec.cluster().startupDeadlineSeconds());
    return Fleet.of(
        JavaSparkContext.fromSparkContext(session.sparkContext()),
        DeviceSlots.await(session, deadline),
        run,
        new Forwarded(listener, new ProgressFile(run)));
  }

  /**
   * Returns all that tables are made from.
   *
   * @param teacherHash SHA-256 of the teacher's weights; empty where there is none (yet)
   */
  Findings findings(
      Map<String, Standing> standings, ReferenceScores references, String teacherHash) {
    Map<String, List<ImageMetrics>> scores = new LinkedHashMap<>();
    scores.put(Restoration.referenceName(spec.task().scale()), references.bicubic());
    scores.put(Findings.TEACHER, references.teacher());
    return new Findings(standings, scores, teacherHash);
  }
}
