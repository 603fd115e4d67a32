package org.distillgrid.jobs.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.LocalSpark;
import org.distillgrid.jobs.cluster.Slots;
import org.junit.jupiter.api.Test;

class TestSparkSubmitter {
  private static final int WORKS = 3000;
  private static final double NANO = 1e9;

  /** What a pause ended for must be seen by the next look, or a slot idles for a whole pause. */
  @Test
  void aPauseThatSomethingEndedIsOverWhenThatIsDone() {
    SparkSession session = LocalSpark.open(1);
    try (SparkSubmitter submitter =
        new SparkSubmitter(
            JavaSparkContext.fromSparkContext(session.sparkContext()),
            new Slots(1, Optional.empty()))) {
      for (int i = 0; i < WORKS; i++) {
        Submission<Integer> work = submitter.beside("work", () -> 1);
        long began = System.nanoTime();
        submitter.pause();
        // Where it took longer to begin, the pause ended of itself.
        double seconds = (System.nanoTime() - began) / NANO;
        assertThat(work.isDone() || seconds > 0.9).as("work %d after %s s", i, seconds).isTrue();
      }
    } finally {
      session.stop();
    }
  }
}
