package org.distillgrid.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.distillgrid.jobs.journal.FinishedResult;
import org.distillgrid.kd.error.ErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose trials are taught by what the teacher has said once of all patches. */
class TestPredictedRun {
  private static final List<String> TAUGHT =
      List.of("grid.bits=w4a4", "grid.method=[none, logits]", "grid.include=[]");

  @TempDir Path folder;
  private TinyRun tiny;

  @BeforeEach
  void images() throws IOException {
    tiny = new TinyRun(folder);
    System.setProperty(FullDisk.PROPERTY, FullDisk.class.getName());
  }

  @AfterEach
  void close() throws IOException {
    System.clearProperty(FullDisk.PROPERTY);
    FullDisk.free();
    tiny.close();
  }

  private TinyRun.Outcome run(String output, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(TAUGHT);
    arguments.add("output.path=" + folder.resolve(output));
    arguments.addAll(List.of(more));
    return tiny.run("run", arguments.toArray(String[]::new));
  }

  private List<String> hashes(String output) throws IOException {
    return tiny.finished(output).values().stream()
        .map(FinishedResult::weightHash)
        .sorted()
        .toList();
  }

  private String sql(String output, String query) {
    return TinyRun.execute("sql", "--csv", folder.resolve(output).toString(), query).out();
  }

  private Path entry() throws IOException {
    try (Stream<Path> entries = Files.list(folder.resolve("predictions"))) {
      return entries.findFirst().orElseThrow();
    }
  }

  private static void fails(TinyRun.Outcome outcome, ErrorCode code, String message) {
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(code.exitStatus());
    assertThat(outcome.err().lines())
        .filteredOn(line -> line.contains("Cannot"))
        .singleElement()
        .asString()
        .contains(message);
  }

  @Test
  void theTeacherIsAskedOnceForAllRuns() throws IOException {
    TinyRun.Outcome first = run("run");
    assertThat(first.status()).as(first.out() + first.err()).isZero();
    assertThat(first.out())
        .containsPattern(
            "Predicted: 8 patches in 8 turns, 0.38 MiB in file:.*/predictions/\\w{16};")
        .contains("1 of 1 shards made");
    assertThat(run("run").out()).contains("2 finished before, 0 to train").doesNotContain("redict");

    assertThat(tiny.run("plan", TAUGHT.toArray(String[]::new)).out())
        .contains("predictions      64 images (8 patches in 8 turns), 0.38 MiB, in file:" + folder)
        .contains("at every step it would be 12 (one cohort a seed) to 12 images");

    TinyRun.Outcome second = run("second");
    assertThat(second.out()).contains("Predictions are there: 8 patches").doesNotContain("made");
    assertThat(hashes("second")).isEqualTo(hashes("run")).hasSize(2);
    assertThat(sql("run", "SELECT method, teacher_predict FROM trials ORDER BY 1"))
        .isEqualToIgnoringNewLines("method,teacher_predict\nlogits,once\nnone,\n");
  }

  @Test
  void idsOfTrialsWithoutPredictionsAreWhatTheyWere() throws IOException {
    run("run");
    TinyRun.Outcome batch = run("batch", "teacher.predict=batch");
    assertThat(batch.status()).as(batch.err()).isZero();
    assertThat(batch.out()).doesNotContain("redict");
    String query = "SELECT trial_id, coalesce(teacher_predict, 'no') FROM trials ORDER BY method";
    List<String> once = sql("run", query).lines().skip(1).toList();
    List<String> run = sql("batch", query).lines().skip(1).toList();
    assertThat(run.get(0)).endsWith(",batch").isNotEqualTo(once.get(0));
    assertThat(once.get(0)).endsWith(",once");
    assertThat(run.get(1)).endsWith(",no").isEqualTo(once.get(1));
  }

  @Test
  void nothingIsTaughtByWhatIsNotWhole() throws IOException {
    run("run");
    Path shard = entry().resolve("shard-000000.bin");
    byte[] whole = Files.readAllBytes(shard);
    byte[] flipped = whole.clone();
    flipped[5000] ^= 1;

    Files.write(shard, flipped);
    assertThat(run("flipped").out())
        .contains("Predictions made anew: Cannot use predictions file:" + shard + ": damaged")
        .contains("1 of 1 shards made");
    assertThat(Files.readAllBytes(shard)).isEqualTo(whole);

    Files.write(shard, Arrays.copyOf(whole, 7000));
    assertThat(run("cut").out())
        .contains(shard + ": 7000 bytes instead of " + whole.length)
        .contains("1 of 1 shards made");
    assertThat(Files.readAllBytes(shard)).isEqualTo(whole);

    Path state = entry().resolve("_predicted.json");
    String other = Files.readString(state).replace("edsr-b1-c4", "edsr-b9-c4");
    assertThat(other).isNotEqualTo(Files.readString(state));
    Files.writeString(state, other);
    assertThat(run("other").out())
        .contains("Predictions made anew: those in file:" + entry() + " are of another teacher");
    assertThat(hashes("flipped")).isEqualTo(hashes("run"));
    assertThat(hashes("cut")).isEqualTo(hashes("run"));
    assertThat(hashes("other")).isEqualTo(hashes("run"));
  }

  @Test
  void whatCannotBeKeptIsSaidBeforeAnythingIsTrained() throws IOException {
    fails(
        run("small", "teacher.cache.mostGiB=0"),
        ErrorCode.OUTPUT,
        "Cannot keep predictions of 0.38 MiB: more than teacher.cache.mostGiB 0; raise it or set"
            + " teacher.predict: batch");
    Path file = Files.writeString(folder.resolve("file"), "");
    fails(
        run("small", "teacher.cache.path=" + file + "/kept"),
        ErrorCode.OUTPUT,
        "Cannot keep predictions in file:" + file + "/kept: ");
    assertThat(folder.resolve("small/teacher")).doesNotExist();
    assertThat(folder.resolve("small/pretrained")).doesNotExist();
  }

  @Test
  void aFullDiskIsSaidInALine() throws IOException {
    String cache = "teacher.cache.path=full://" + folder + "/full";
    FullDisk.fill();
    fails(run("run", cache), ErrorCode.OUTPUT, "shard-000000.bin: No space left on device");
    assertThat(folder.resolve("run/attempts")).doesNotExist();

    FullDisk.free();
    TinyRun.Outcome healed = run("run", cache);
    assertThat(healed.status()).as(healed.out() + healed.err()).isZero();
    assertThat(healed.out()).contains("1 of 1 shards made");
  }
}
