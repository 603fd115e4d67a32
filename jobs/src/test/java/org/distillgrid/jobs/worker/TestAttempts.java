package org.distillgrid.jobs.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.journal.Circumstances;
import org.distillgrid.jobs.journal.FailedResult;
import org.distillgrid.jobs.journal.FinishedResult;
import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.kd.train.Cell;
import org.distillgrid.kd.train.TrialSetup;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.HostTensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestAttempts {
  private static final CohortMember MEMBER =
      new CohortMember(
          new TrialSetup("t1", Cell.of("edsr-c4-b1", "fp", "fp", "none", 0)), "attempts/t1", 10);

  @TempDir Path root;
  private RunFolder run;
  private Attempts attempts;

  @BeforeEach
  void folder() {
    run = RunFolder.of(root.toString(), new Configuration());
    attempts = new Attempts(run, MEMBER);
  }

  private static Checkpoint state(long step) {
    return Checkpoint.of(
        Map.of("weight", new HostTensor(new long[] {1}, new float[] {step})),
        Map.of("step", Long.toString(step)));
  }

  private static TrialResult failed(String attempt) {
    return new FailedResult(circumstances(attempt), "loss is NaN");
  }

  private static TrialResult finished(String attempt, String weights) {
    return new FinishedResult(
        circumstances(attempt),
        1,
        1,
        4,
        5L,
        80L,
        "hash",
        weights,
        "",
        "",
        null,
        List.of(),
        List.of());
  }

  private static Circumstances circumstances(String attempt) {
    return new Circumstances(
        "t1",
        attempt,
        10,
        "cpu",
        "slot",
        1,
        "",
        new TrialResult.Versions("1", "2", "17"),
        "2026-01-01T00:00:00Z");
  }

  @Test
  void resumesFromTheNewestStateOfAnyAttempt() {
    MEMBER.attempt(run, "a1").writeCheckpoint(8, state(8));
    MEMBER.attempt(run, "a2").writeCheckpoint(4, state(4));

    assertThat(attempts.newestCheckpoint().orElseThrow().metadata()).containsEntry("step", "8");
  }

  @Test
  void passesOverADamagedState() throws IOException {
    AttemptFolder attempt = MEMBER.attempt(run, "a1");
    attempt.writeCheckpoint(4, state(4));
    attempt.writeCheckpoint(10, state(10));
    Path newest = root.resolve("attempts/t1/a1/checkpoint-10.safetensors");
    byte[] whole = Files.readAllBytes(newest);
    Files.write(newest, java.util.Arrays.copyOf(whole, whole.length - 2));

    assertThat(attempts.newestCheckpoint().orElseThrow().metadata()).containsEntry("step", "4");
  }

  @Test
  void keepsTheLastTwoStates() {
    AttemptFolder attempt = MEMBER.attempt(run, "a1");
    for (long step = 2; step <= 8; step += 2) {
      attempt.writeCheckpoint(step, state(step));
    }

    assertThat(root.resolve("attempts/t1/a1"))
        .isDirectoryNotContaining("glob:**checkpoint-4.safetensors")
        .isDirectoryContaining("glob:**checkpoint-6.safetensors")
        .isDirectoryContaining("glob:**checkpoint-8.safetensors");
    attempts.deleteCheckpoints();
    assertThat(attempts.newestCheckpoint()).isEmpty();
  }

  @Test
  void deletesWhatAKilledProcessLeft() throws IOException {
    MEMBER.attempt(run, "a1").writeCheckpoint(4, state(4));
    Path folder = root.resolve("attempts/t1/a1");
    Files.createFile(folder.resolve(".checkpoint-8.safetensors.2f1c.tmp"));
    Files.createFile(folder.resolve("weights.safetensors"));
    attempts.deleteCheckpoints();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(folder.resolve("weights.safetensors"));
    }
  }

  @Test
  void trustsOnlyWholeResultsWithTheirWeights() throws IOException {
    AttemptFolder failed = MEMBER.attempt(run, "a1");
    failed.writeResult(failed("a1"));
    AttemptFolder lost = MEMBER.attempt(run, "a2");
    lost.writeResult(finished("a2", "attempts/t1/a2/weights.safetensors"));
    Files.createDirectories(root.resolve("attempts/t1/a3"));
    Files.writeString(root.resolve("attempts/t1/a3/result.json"), "{\"trialId\": \"t1\"");
    assertThat(attempts.finished()).isEmpty();

    AttemptFolder whole = MEMBER.attempt(run, "a4");
    whole.writeResult(finished("a4", whole.writeWeights(state(10))));

    assertThat(attempts.finished().orElseThrow().attempt()).isEqualTo("a4");
    assertThat(attempts.results()).extracting(TrialResult::attempt).containsExactly("a1", "a4");
  }
}
