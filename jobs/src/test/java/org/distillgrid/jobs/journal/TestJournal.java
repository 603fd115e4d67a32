package org.distillgrid.jobs.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.distillgrid.jobs.folder.RunFiles;
import org.distillgrid.kd.error.GridException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestJournal {
  @TempDir java.nio.file.Path folder;

  private final RunFiles files = new RunFiles(new Configuration());

  private Journal open() {
    return Journal.open(files, new Path(folder.resolve("journal").toUri()));
  }

  @Test
  void replaysWhatWasAppendedByEarlierDrivers() {
    Journal first = open();
    first.append(Event.of(EventKind.RUN_STARTED, "driver", ""));
    first.append(Event.of(EventKind.STAGE_FINISHED, "teach", "abc"));
    first.append(Event.of(EventKind.TRIAL_STARTED, "t1", "a1", ""));
    first.append(Event.of(EventKind.TRIAL_FAILED, "t1", "a1", "Cannot train: loss is NaN"));
    Journal second = open();
    second.append(Event.of(EventKind.TRIAL_STARTED, "t1", "a2", ""));
    second.append(Event.of(EventKind.TRIAL_FINISHED, "t1", "a2", "ff00"));

    JournalState state = open().replay();

    assertThat(state.trials())
        .containsExactly(java.util.Map.entry("t1", new JournalState.Finished("a2", "ff00")));
    assertThat(state.damaged()).isEmpty();
  }

  @Test
  void writesOneFileAnEventNamedByItsNumber() throws IOException {
    Journal journal = open();
    journal.append(Event.of(EventKind.TRIAL_FINISHED, "t1", "a1", "ff00"));
    journal.append(Event.of(EventKind.STAGE_FINISHED, "a b/c", ""));

    try (var names = Files.list(folder.resolve("journal"))) {
      assertThat(names.map(path -> path.getFileName().toString()).sorted())
          .containsExactly("00000001-trial-finished-t1.json", "00000002-stage-finished-a_b_c.json");
    }
  }

  @Test
  void keepsAResultWhenAnotherAttemptFailsLater() {
    Journal journal = open();
    journal.append(Event.of(EventKind.TRIAL_FINISHED, "t1", "a1", "ff00"));
    journal.append(Event.of(EventKind.TRIAL_FINISHED, "t1", "a2", "0000"));
    journal.append(Event.of(EventKind.TRIAL_FAILED, "t1", "a3", "lost"));

    assertThat(journal.replay().finishedAttempt("t1")).contains("a2");
  }

  @Test
  void failedTrialIsNotFinished() {
    Journal journal = open();
    journal.append(Event.of(EventKind.TRIAL_FAILED, "t1", "a1", "lost"));

    assertThat(journal.replay().finishedAttempt("t1")).isEmpty();
    assertThat(journal.replay().trials())
        .containsEntry("t1", new JournalState.Failed("a1", "lost"));
  }

  @Test
  void reportsDamagedEventsAndIgnoresTemporaryFiles() throws IOException {
    Journal journal = open();
    journal.append(Event.of(EventKind.TRIAL_FINISHED, "t1", "a1", "ff00"));
    java.nio.file.Path events = folder.resolve("journal");
    Files.writeString(events.resolve("00000002-trial-finished-t2.json"), "{\"kind\": \"tri");
    Files.writeString(events.resolve("00000003-trial-finished-t3.json"), "{}");
    Files.writeString(events.resolve(".00000004-trial-finished-t4.json.tmp"), "{");

    JournalState state = open().replay();

    assertThat(state.trials()).containsOnlyKeys("t1");
    assertThat(state.damaged())
        .isEqualTo(List.of("00000002-trial-finished-t2.json", "00000003-trial-finished-t3.json"));
  }

  @Test
  void neverReusesTheNumberOfADamagedEvent() throws IOException {
    Files.createDirectories(folder.resolve("journal"));
    Files.writeString(folder.resolve("journal/00000007-trial-finished-t2.json"), "");

    open().append(Event.of(EventKind.RUN_STARTED, "driver", ""));

    assertThat(folder.resolve("journal/00000008-run-started-driver.json")).exists();
  }

  @Test
  void refusesASecondWriter() {
    Journal one = open();
    Journal other = open();
    one.append(Event.of(EventKind.RUN_STARTED, "one", ""));

    assertThatThrownBy(() -> other.append(Event.of(EventKind.RUN_STARTED, "other", "")))
        .isInstanceOf(GridException.class)
        .hasMessageStartingWith("Cannot write ")
        .hasMessageEndingWith(
            "00000001-run-started-other.json: another driver is at work on this run");
  }

  @Test
  void cannotWriteWhereAFileLies() throws IOException {
    Files.writeString(folder.resolve("file"), "");
    Path below = new Path(folder.resolve("file/journal").toUri());

    assertThatThrownBy(
            () -> Journal.open(files, below).append(Event.of(EventKind.RUN_STARTED, "one", "")))
        .isInstanceOf(GridException.class)
        .hasMessageContaining(below.toUri().getPath());
  }
}
