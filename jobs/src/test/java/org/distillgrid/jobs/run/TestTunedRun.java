package org.distillgrid.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.LocalSpark;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.journal.FailedResult;
import org.distillgrid.jobs.journal.FinishedResult;
import org.distillgrid.jobs.page.RunPage;
import org.distillgrid.jobs.table.PublishedSummary;
import org.distillgrid.jobs.table.PublishedTuning;
import org.distillgrid.jobs.table.Tables;
import org.distillgrid.kd.error.ErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A grid whose method is tuned: fails, is stopped after the choice, goes on and grows. */
class TestTunedRun {
  private static final int STEPS = 6;

  @TempDir Path folder;
  private TinyRun tiny;

  @BeforeEach
  void images() throws IOException {
    tiny = new TinyRun(folder);
    FragileMethod.heal();
  }

  @AfterEach
  void close() throws IOException {
    FragileMethod.heal();
    tiny.close();
  }

  private TinyRun.Outcome run(String command, String methods) throws IOException {
    return tiny.run(
        command,
        "grid.bits=w4a4",
        "grid.include=[]",
        "grid.seed=[0, 1]",
        "train.start=scratch",
        "grid.method=[" + methods + "]");
  }

  private static String tuned(String values) {
    return "'fragile(weight=[" + values + "]) as tuned'";
  }

  private RunFolder folder() {
    return RunFolder.of(tiny.folder("run").toString(), new Configuration());
  }

  /** Returns the rows of some queries, each row as text, and writes the run's page. */
  private List<List<String>> sql(String... queries) {
    SparkSession session = LocalSpark.open(2);
    try {
      Tables.open(session, folder());
      RunPage.write(
          session, folder(), new org.apache.hadoop.fs.Path(tiny.folder("page.html").toUri()));
      return Arrays.stream(queries)
          .map(query -> session.sql(query).collectAsList().stream().map(Row::toString).toList())
          .toList();
    } finally {
      session.stop();
    }
  }

  private Map<String, String> hashes() throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    for (FinishedResult result : tiny.finished("run").values()) {
      assertThat(hashes.put(result.trialId(), result.weightHash())).as("trained once").isNull();
    }
    return hashes;
  }

  @Test
  void choosesOnceAndGoesOnFromWhereverItStopped() throws IOException {
    TinyRun.Outcome planned = run("plan", tuned("0.5, 2"));
    assertThat(planned.out())
        .as(planned.err())
        .containsPattern("trials +3 \\(4 cells, 0 merged, 0 excluded, 1 not chosen\\)")
        .containsPattern("tuning +2 candidates at seed 0, then 1 trial at 1 more seed");

    FragileMethod.failAt(1);
    TinyRun.Outcome failed = run("run", tuned("0.5, 2"));
    assertThat(failed.status()).as(failed.err()).isEqualTo(ErrorCode.TRAINING.exitStatus());
    assertThat(failed.out())
        .contains("Trials: 3, 0 finished before, 3 to train")
        .contains(
            "Cannot choose tuned of edsr-c4-b1 w4a4 lsq: all 2 candidates failed, so none is"
                + " trained at other seeds");
    assertThat(tiny.results("run")).hasSize(2);
    assertThat(tiny.results("run").values()).allMatch(FailedResult.class::isInstance);

    stopsAfterTheChoice();
    assertThat(hashes()).hasSize(2);

    TinyRun.Outcome resumed = run("run", tuned("0.5, 2"));
    assertThat(resumed.status()).as(resumed.out() + resumed.err()).isZero();
    assertThat(resumed.out())
        .contains("Trials: 3, 2 finished before, 1 to train")
        .contains("At the edge of its list, which a longer one may beat: tuned of edsr-c4-b1 w4a4");
    Map<String, String> whole = hashes();
    assertThat(whole).hasSize(3);
    tellsOfTheEdge();

    growsByAValue(whole);
    staysWhatItIsWhenNamedPlainly();
  }

  private void stopsAfterTheChoice() throws IOException {
    CountDownLatch seen = new CountDownLatch(1);
    CountDownLatch isStopped = new CountDownLatch(1);
    AtomicInteger steps = new AtomicInteger();
    // The candidates go on from their first step.
    FragileMethod.beforeStep(
        step -> {
          if (steps.incrementAndGet() == 2 * STEPS + 3) {
            SparkContext.getOrCreate().stop();
            isStopped.countDown();
            awaitQuietly(seen);
            // What goes on in this process, which a driver elsewhere would have ended.
            throw new IllegalStateException("stopped");
          }
        });
    TinyRun.Outcome stopped = run("run", tuned("0.5, 2"));
    FragileMethod.heal();
    awaitQuietly(isStopped);
    seen.countDown();
    assertThat(stopped.status())
        .as(stopped.out() + stopped.err())
        .isEqualTo(ErrorCode.CLUSTER.exitStatus());
    assertThat(stopped.out()).contains("Chosen for tuned of edsr-c4-b1 w4a4 lsq: weight=");
  }

  private void tellsOfTheEdge() throws IOException {
    TinyRun.Outcome compared =
        TinyRun.execute("compare", tiny.folder("run").toString(), "--against", "tuned");
    assertThat(compared.status()).as(compared.err()).isZero();
    assertThat(compared.out()).contains("At the edge of its list");
    assertThat(run("plan", tuned("0.5, 2")).out())
        .containsPattern("tuning +At the edge of its list");
  }

  private void growsByAValue(Map<String, String> before) throws IOException {
    TinyRun.Outcome grown = run("run", tuned("0.5, 2, 1"));
    assertThat(grown.status()).as(grown.out() + grown.err()).isZero();
    assertThat(grown.out()).contains("Trials: 4, 2 finished before, 2 to train");
    assertThat(hashes()).containsAllEntriesOf(before);
    List<List<String>> tables =
        sql(
            "SELECT t.method FROM trials t JOIN curves c ON c.trial_id = t.trial_id"
                + " WHERE t.candidate AND c.series = 'validation_psnr' AND c.step = 6"
                + " ORDER BY c.value DESC, t.tuned_options LIMIT 1",
            "SELECT method FROM tuning WHERE chosen",
            "SELECT DISTINCT method FROM trials WHERE chosen",
            "SELECT method FROM summary WHERE label = 'tuned' AND n = 2",
            "SELECT tuned, label, candidate, seed FROM trials WHERE chosen OR candidate"
                + " ORDER BY seed",
            "SELECT options, n, at_edge FROM tuning",
            "SELECT count(*) FROM tuning t JOIN summary s ON s.tuned_options = t.options");
    assertThat(tables.get(0)).hasSize(1);
    assertThat(tables.subList(1, 4)).containsOnly(tables.get(0));
    assertThat(tables.get(4))
        .containsExactly(
            "[tuned,tuned,true,0]",
            "[tuned,tuned,true,0]",
            "[tuned,tuned,true,0]",
            "[tuned,tuned,false,1]");
    assertThat(tables.get(5))
        .containsExactly("[weight=0.5,1,true]", "[weight=2,1,true]", "[weight=1,1,false]");
    assertThat(tables.get(6)).containsExactly("[1]");
    thePageShowsTheChosenCandidate();
  }

  private void thePageShowsTheChosenCandidate() throws IOException {
    JsonNode page = PageData.of(tiny.folder("page.html"));
    assertThat(page.path("answer").get(0).asText()).contains("the best cell is tuned (weight=");
    assertThat(page.path("tuning").findValuesAsText("chosen")).hasSize(3).containsOnlyOnce("true");
    assertThat(page.path("curves").path("trials").findValuesAsText("method"))
        .containsExactly("tuned", "tuned");
    JsonNode cells = page.path("images").get(0).path("cells");
    assertThat(cells.findValuesAsText("method")).containsExactly("tuned");
    double sum = 0;
    for (JsonNode psnr : cells.get(0).path("psnr")) {
      sum += psnr.asDouble() / cells.get(0).path("psnr").size();
    }
    assertThat(page.path("summary").get(0).path("psnr_mean").asDouble())
        .isCloseTo(sum, within(1e-9));
    assertThat(page.path("trials").findValuesAsText("method"))
        .contains("tuned (weight=0.5)", "tuned (weight=1)", "tuned (weight=2)")
        .doesNotContain("tuned");
  }

  private void staysWhatItIsWhenNamedPlainly() throws IOException {
    Map<String, String> before = hashes();
    TinyRun.Outcome named = run("run", "fragile(weight=0.5), fragile(weight=2), fragile");
    assertThat(named.status()).as(named.out() + named.err()).isZero();
    assertThat(named.out()).contains("Trials: 6, " + before.size() + " finished before");
    assertThat(hashes()).hasSize(6).containsAllEntriesOf(before);
    assertThat(PublishedTuning.read(folder())).isEmpty();
    assertThat(PublishedSummary.read(folder()))
        .extracting(PublishedSummary.Cell::label)
        .containsExactlyInAnyOrder("fragile(weight=0.5)", "fragile(weight=2)", "fragile");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
