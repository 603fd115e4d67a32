package org.distillgrid.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.LocalSpark;
import org.distillgrid.jobs.cluster.JobNames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark's pages say of every job and stage of a run what it is for. */
class TestJobNames {
  private static final String NONE = "without a name: ";

  @TempDir Path folder;

  /** Remembers what Spark would show. */
  private static final class Shown extends SparkListener {
    private final List<String> jobs = new CopyOnWriteArrayList<>();
    private final List<String> stages = new CopyOnWriteArrayList<>();

    @Override
    public void onJobStart(SparkListenerJobStart start) {
      jobs.add(name(start.properties(), "job " + start.jobId()));
    }

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
      stages.add(name(submitted.properties(), submitted.stageInfo().name()));
    }

    private static String name(Properties properties, String otherwise) {
      return properties.getProperty(JobNames.PROPERTY, NONE + otherwise);
    }
  }

  @Test
  void everyJobAndStageOfARunHasAName() throws Exception {
    Shown shown = new Shown();
    try (TinyRun tiny = new TinyRun(folder)) {
      FragileMethod.heal();
      SparkSession session = LocalSpark.open(2);
      try {
        session.sparkContext().addSparkListener(shown);
        session.sparkContext().setJobDescription("the program's own");
        assertThat(Grid.of(session, tiny.spec().toString()).run().exitStatus()).isZero();
        assertThat(session.sparkContext().getLocalProperty(JobNames.PROPERTY))
            .isEqualTo("the program's own");
      } finally {
        session.stop();
      }
    }

    for (List<String> names : List.of(shown.jobs, shown.stages)) {
      assertThat(names)
          .noneMatch(name -> name.startsWith(NONE))
          .allMatch(name -> name.matches("(prepare|score|publish|read): .+|(train|score) .+"))
          .anyMatch(name -> name.matches("train edsr-c4-b1 .+ seed 0 and \\d more"))
          .contains(
              "prepare: read training images",
              "prepare: check test images of test",
              "prepare: cut patches of train, train",
              "prepare: count patches",
              "prepare: list rejected inputs",
              "train edsr-c4-b1 fp fp none seed 0",
              "score the references",
              "score: difficulty",
              "publish: trials",
              "publish: summary",
              "read: summary");
    }
  }
}
