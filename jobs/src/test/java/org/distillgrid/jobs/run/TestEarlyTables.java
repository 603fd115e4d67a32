package org.distillgrid.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.LocalSpark;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.journal.ImageMetrics;
import org.distillgrid.jobs.journal.Standing;
import org.distillgrid.jobs.plan.CheckedSpecs;
import org.distillgrid.jobs.plan.Trial;
import org.distillgrid.jobs.report.Findings;
import org.distillgrid.jobs.report.Publication;
import org.distillgrid.jobs.report.RunTables;
import org.distillgrid.jobs.report.Tuning;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.table.Tables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trials that need no teacher are in the tables before there is one. */
class TestEarlyTables {
  private static final String[] OVERRIDES = {
    "grid.include=[]", "grid.bits=[fp]", "train.start=scratch"
  };

  @TempDir Path folder;

  @Test
  void whatEndsBeforeTheTeacherIsThereIsInTheTables() throws Exception {
    try (TinyRun tiny = new TinyRun(folder)) {
      SparkSession session = LocalSpark.open(2);
      try {
        String location = tiny.spec().toString();
        List<TrialOutcome> outcomes = Grid.of(session, location, OVERRIDES).run().outcomes();
        RunSpec spec = CheckedSpecs.reader(Catalog.load()).read(location, List.of(OVERRIDES));
        RunFolder run = RunFolder.of(tiny.folder("run").toString(), new Configuration());
        List<String> after = rows(session, run);

        assertThat(publish(session, spec, run, outcomes, Map.of(), "")).isEqualTo("v000002");
        List<String> before = rows(session, run);
        assertThat(before).hasSize(1);
        assertThat(before.get(0)).startsWith("[none,null,").endsWith(psnr(after.get(0)));

        Map<String, List<ImageMetrics>> teacher =
            Map.of(
                Findings.TEACHER,
                List.of(new ImageMetrics("test", "0.png", 40, 0.9, null, "y", 2)));
        assertThat(publish(session, spec, run, outcomes, teacher, "a")).isEqualTo("v000003");
        assertThat(rows(session, run)).noneMatch(row -> row.contains("null"));
      } finally {
        session.stop();
      }
    }
  }

  private static String publish(
      SparkSession session,
      RunSpec spec,
      RunFolder run,
      List<TrialOutcome> outcomes,
      Map<String, List<ImageMetrics>> references,
      String teacherHash) {
    Map<Trial, String> ids = new IdentityHashMap<>();
    Map<String, Standing> standings = new HashMap<>();
    for (TrialOutcome outcome : outcomes) {
      ids.put(outcome.trial(), outcome.standing().trialId());
      standings.put(outcome.standing().trialId(), outcome.standing());
    }
    List<Trial> trials = outcomes.stream().map(TrialOutcome::trial).toList();
    Tuning tuning = new Tuning(run, List.of(), ids::get);
    RunTables tables = new RunTables(session, spec, run, trials, ids::get, tuning);
    try (Publication publication = Publication.of(tables)) {
      return publication.publish(new Findings(standings, references, teacherHash));
    }
  }

  private static List<String> rows(SparkSession session, RunFolder run) {
    Tables.open(session, run);
    return session
        .sql("SELECT method, psnr_minus_teacher, psnr_mean FROM summary")
        .collectAsList()
        .stream()
        .map(Row::toString)
        .toList();
  }

  private static String psnr(String row) {
    return row.substring(row.lastIndexOf(','));
  }
}
