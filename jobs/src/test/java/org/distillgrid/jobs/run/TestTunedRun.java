package org.distillgrid.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkContext;
import org.distillgrid.jobs.journal.FinishedResult;
import org.distillgrid.kd.error.ErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A grid whose method is tuned: fails, is stopped after the choice, goes on and grows. */
class TestTunedRun {
  private static final int STEPS = 6;
  private static final String CHOICE = "SELECT method FROM tuning WHERE chosen";

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
        "teacher=null",
        "grid.method=[" + methods + "]");
  }

  private static String tuned(String values) {
    return "'fragile(weight=[" + values + "]) as tuned'";
  }

  private List<String> sql(String query) {
    String out = TinyRun.execute("sql", "--csv", tiny.folder("run").toString(), query).out();
    return out.lines().skip(1).toList();
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
    assertThat(run("plan", tuned("0.5, 2")).out())
        .containsPattern("trials +3 \\(4 cells, 0 merged, 0 excluded, 1 not chosen\\)")
        .containsPattern("tuning +2 candidates at seed 0, then 1 trial at 1 more seed");

    FragileMethod.failAt(2);
    TinyRun.Outcome failed = run("run", tuned("0.5, 2"));
    assertThat(failed.status()).as(failed.err()).isEqualTo(ErrorCode.TRAINING.exitStatus());
    assertThat(failed.out())
        .contains("Trials: 3, 0 finished before, 3 to train")
        .contains(
            "Cannot choose tuned of edsr-c4-b1 w4a4 lsq: all 2 candidates failed, so none is"
                + " trained at other seeds");
    assertThat(tiny.results("run")).hasSize(2);
    assertThat(sql("SELECT seed, candidate, chosen FROM trials ORDER BY method"))
        .containsExactly("0,true,", "0,true,");

    stopsAfterTheChoice();
    assertThat(hashes()).hasSize(2);

    TinyRun.Outcome resumed = run("run", tuned("0.5, 2"));
    assertThat(resumed.status()).as(resumed.out() + resumed.err()).isZero();
    assertThat(resumed.out())
        .contains("Trials: 3, 2 finished before, 1 to train")
        .contains("At the edge of its list, which a longer one may beat: tuned of edsr-c4-b1 w4a4");
    Map<String, String> whole = hashes();
    assertThat(whole).hasSize(3);
    tablesTellTheChoice();

    growsByAValue(whole);
    staysWhatItIsWhenNamedPlainly();
  }

  private void stopsAfterTheChoice() throws IOException {
    CountDownLatch seen = new CountDownLatch(1);
    AtomicInteger steps = new AtomicInteger();
    // The candidates go on from their first step.
    FragileMethod.beforeStep(
        step -> {
          if (steps.incrementAndGet() == 2 * STEPS + 3) {
            SparkContext.getOrCreate().stop();
            awaitQuietly(seen);
          }
        });
    TinyRun.Outcome stopped = run("run", tuned("0.5, 2"));
    FragileMethod.heal();
    seen.countDown();
    assertThat(stopped.status()).as(stopped.out() + stopped.err()).isEqualTo(ErrorCode.CLUSTER.exitStatus());
    assertThat(stopped.out()).contains("Chosen for tuned of edsr-c4-b1 w4a4 lsq: weight=");
  }

  private void tablesTellTheChoice() {
    String best =
        "SELECT t.method FROM trials t JOIN curves c ON c.trial_id = t.trial_id"
            + " WHERE t.candidate AND c.series = 'validation_psnr' AND c.step = 6"
            + " ORDER BY c.value DESC, t.tuned_options LIMIT 1";
    List<String> chosen = sql(CHOICE);
    assertThat(chosen).isEqualTo(sql(best)).hasSize(1);
    assertThat(sql("SELECT DISTINCT method FROM trials WHERE chosen")).isEqualTo(chosen);
    assertThat(
            sql("SELECT tuned, label, candidate, chosen, seed FROM trials ORDER BY chosen, seed"))
        .containsExactly(
            "tuned,tuned,true,false,0", "tuned,tuned,true,true,0", "tuned,tuned,false,true,1");
    assertThat(sql("SELECT method, label, n FROM summary"))
        .containsExactly(chosen.get(0) + ",tuned,2");
    TinyRun.Outcome compared =
        TinyRun.execute("compare", tiny.folder("run").toString(), "--against", "tuned");
    assertThat(compared.status()).as(compared.err()).isZero();
    assertThat(compared.out()).contains("At the edge of its list");
  }

  private void growsByAValue(Map<String, String> before) throws IOException {
    TinyRun.Outcome grown = run("run", tuned("0.5, 2, 1"));
    assertThat(grown.status()).as(grown.out() + grown.err()).isZero();
    assertThat(grown.out()).contains("Trials: 4, 2 finished before, 2 to train");
    assertThat(hashes()).containsAllEntriesOf(before);
    assertThat(sql("SELECT count(*) FROM trials WHERE candidate")).containsExactly("3");
    assertThat(sql("SELECT options, n, at_edge FROM tuning"))
        .containsExactly("weight=0.5,1,true", "weight=2,1,true", "weight=1,1,false");
    assertThat(sql("SELECT method, n FROM summary"))
        .containsExactly(sql(CHOICE).get(0) + ",2");
    // Nothing has changed, so nothing is to be done, and the tables are those that are there.
    assertThat(run("run", tuned("0.5, 2, 1")).out()).contains(" finished before, 0 to train");
  }

  private void staysWhatItIsWhenNamedPlainly() throws IOException {
    Map<String, String> before = hashes();
    List<String> plain = new ArrayList<>(List.of("fragile(weight=0.5)", "fragile(weight=2)"));
    plain.add("fragile");
    TinyRun.Outcome named = run("run", String.join(", ", plain));
    assertThat(named.status()).as(named.out() + named.err()).isZero();
    assertThat(named.out()).contains("Trials: 6, " + before.size() + " finished before");
    assertThat(hashes()).hasSize(6).containsAllEntriesOf(before);
    assertThat(sql("SELECT count(*) FROM trials WHERE tuned IS NOT NULL")).containsExactly("0");
    assertThat(sql("SELECT count(*) FROM tuning")).containsExactly("0");
    assertThat(sql("SELECT count(*) FROM summary WHERE n = 2")).containsExactly("3");
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
