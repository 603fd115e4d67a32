package org.distillgrid.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.distillgrid.jobs.journal.FailedResult;
import org.distillgrid.jobs.journal.FinishedResult;
import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.kd.error.ErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestRunCommand {
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

  private static Map<String, String> hashes(Map<String, FinishedResult> results) {
    return results.values().stream()
        .collect(Collectors.toMap(TrialResult::trialId, FinishedResult::weightHash));
  }

  private static void delete(Path path) throws IOException {
    try (Stream<Path> below = Files.walk(path)) {
      for (Path each : below.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  /** Takes out of every result what versions before the packed file did not write. */
  private void stripToAnOlderVersion(String run) throws IOException {
    JsonMapper json = new JsonMapper();
    try (Stream<Path> files = Files.walk(tiny.folder(run + "/attempts"))) {
      for (Path file : files.filter(path -> path.endsWith("result.json")).toList()) {
        ObjectNode result = (ObjectNode) json.readTree(file.toFile());
        result.remove(List.of("packed", "macs", "bitOperations"));
        json.writeValue(file.toFile(), result);
      }
    }
  }

  @Test
  void trainsScoresAndTabulatesAGridOnce() throws IOException {
    TinyRun.Outcome first = tiny.run("run");
    assertThat(first.err()).doesNotContain("error:");
    assertThat(first.status()).as(first.out() + first.err()).isZero();
    assertThat(first.out())
        .contains("Trials: 3, 0 finished before, 3 to train")
        .contains("bicubic")
        .contains("teacher")
        .contains("w4a4");
    assertThat(tiny.results("run")).hasSize(3);
    Map<String, FinishedResult> results = tiny.finished("run");
    assertThat(results).hasSize(3);
    assertThat(results.values())
        .allSatisfy(
            result -> {
              assertThat(result.steps()).isEqualTo(6);
              assertThat(result.scores()).hasSize(2);
              assertThat(result.curve()).isNotEmpty();
              assertThat(result.circumstances().slot()).isNotEmpty();
              assertThat(tiny.folder("run/" + result.packed())).hasSize(result.packedBytes());
              assertThat(result.macs()).isPositive();
            });
    assertThat(results.values().stream().map(FinishedResult::macs).distinct()).hasSize(1);
    assertThat(results.values().stream().map(FinishedResult::bitOperations).distinct()).hasSize(2);
    assertThat(tiny.folder("run/tables/v000001/summary")).isDirectory();

    TinyRun.Outcome compared = TinyRun.execute("compare", tiny.folder("run").toString());
    assertThat(compared.status()).as(compared.err()).isZero();
    assertThat(compared.out()).containsPattern("w4a4 +lsq +\\S+ +fragile +1 +2 +[+-]0\\.\\d{4}");

    TinyRun.Outcome second = tiny.run("run");
    assertThat(second.status()).isZero();
    assertThat(second.out()).contains("Trials: 3, 3 finished before, 0 to train");
    assertThat(tiny.results("run")).isEqualTo(results);

    delete(tiny.folder("run/journal"));
    stripToAnOlderVersion("run");
    results = tiny.finished("run");
    TinyRun.Outcome third = tiny.run("run");
    assertThat(third.status()).as(third.out() + third.err()).isZero();
    assertThat(third.out()).contains("Trials: 3, 3 finished before, 0 to train");
    assertThat(tiny.results("run")).isEqualTo(results);
    String unknown =
        "SELECT count(*) AS n FROM trials WHERE packed_path IS NULL AND packed_bytes IS NULL"
            + " AND macs IS NULL AND bit_operations IS NULL AND weights_path IS NOT NULL";
    assertThat(TinyRun.execute("sql", tiny.folder("run").toString(), unknown).out())
        .containsPattern("\\b3\\b");

    TinyRun.Outcome other = tiny.run("run", "grid.bits=[fp]");
    assertThat(other.status()).isEqualTo(2);
    assertThat(other.err())
        .contains("error: Cannot resume: spec differs (grid.bits: [fp, w4a4] → [fp]");
  }

  @Test
  void aPoisonedTrialFailsAloneAndLaterGoesOnToTheSameWeights() throws IOException {
    FragileMethod.failAt(5);
    TinyRun.Outcome first = tiny.run("run");
    assertThat(first.status()).as(first.out() + first.err()).isEqualTo(5);
    assertThat(first.out())
        .contains("Failed: edsr-c4-b1 w4a4 lsq fragile seed 0")
        .contains("poisoned at step 5");
    List<TrialResult> failed =
        tiny.results("run").values().stream().filter(FailedResult.class::isInstance).toList();
    assertThat(failed).hasSize(1);
    assertThat(hashes(tiny.finished("run"))).hasSize(2);
    String trial = failed.get(0).trialId();
    assertThat(
            tiny.folder("run/attempts/" + trial + "/" + failed.get(0).attempt())
                .resolve("checkpoint-4.safetensors"))
        .exists();

    FragileMethod.heal();
    TinyRun.Outcome second = tiny.run("run");
    assertThat(second.status()).as(second.out() + second.err()).isZero();
    assertThat(second.out()).contains("Trials: 3, 2 finished before, 1 to train");
    Map<String, String> resumed = hashes(tiny.finished("run"));

    TinyRun.Outcome whole =
        tiny.run("run", "output.path=" + tiny.folder("whole"), "cluster.cohort=1");
    assertThat(whole.status()).as(whole.out() + whole.err()).isZero();
    assertThat(hashes(tiny.finished("whole"))).isEqualTo(resumed).hasSize(3);
  }

  @Test
  void aStoppedSparkFailsNoTrial() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    FragileMethod.beforeStep(
        step -> {
          if (step == 3) {
            SparkContext.getOrCreate().stop();
            awaitQuietly(seen);
          }
        });
    TinyRun.Outcome first = tiny.run("run");
    FragileMethod.heal();
    seen.countDown();
    assertThat(first.status()).isEqualTo(ErrorCode.CLUSTER.exitStatus());
    assertThat(first.err()).contains("error: Cannot go on: Spark was stopped");
    assertThat(first.out()).doesNotContain("Failed");

    TinyRun.Outcome second = tiny.run("run");
    assertThat(second.status()).as(second.out() + second.err()).isZero();
    assertThat(tiny.results("run").values()).allMatch(FinishedResult.class::isInstance);
  }

  @Test
  void failFastLeavesTheOthersForTheNextRun() throws Exception {
    AtomicBoolean first = new AtomicBoolean(true);
    CountDownLatch over = new CountDownLatch(1);
    FragileMethod.beforeStep(
        step -> {
          if (first.getAndSet(false)) {
            throw new IllegalStateException("the first one fails");
          }
          awaitQuietly(over);
        });
    String[] arguments = {
      "grid.method=[fragile]",
      "grid.include=[]",
      "grid.seed=[0, 1, 2]",
      "cluster.cohort=1",
      "--fail-fast"
    };
    TinyRun.Outcome stopped = tiny.run("run", arguments);
    Map<String, TrialResult> left = tiny.results("run");
    FragileMethod.heal();
    over.countDown();
    assertThat(stopped.status()).as(stopped.err()).isEqualTo(ErrorCode.TRAINING.exitStatus());
    assertThat(stopped.out()).containsOnlyOnce("Failed: ").contains("the first one fails");
    assertThat(left.values()).hasSize(1);

    TinyRun.Outcome second = tiny.run("run", arguments);
    assertThat(second.status()).as(second.out() + second.err()).isZero();
    assertThat(hashes(tiny.finished("run"))).hasSize(6);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
