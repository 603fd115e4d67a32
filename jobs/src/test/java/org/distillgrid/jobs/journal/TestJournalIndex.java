package org.distillgrid.jobs.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.distillgrid.jobs.CountedFiles;
import org.distillgrid.jobs.folder.RunFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestJournalIndex {
  private static final FinishedTrial TRIAL =
      new FinishedTrial("t1", "a2", "ff00", "attempts/t1/a2/weights.safetensors", "", 812, 17);

  @TempDir java.nio.file.Path folder;
  private RunFolder run;
  private JournalIndex index;

  @BeforeEach
  void open() {
    run = RunFolder.of(folder.toString(), new Configuration());
    index = new JournalIndex(run);
  }

  private java.nio.file.Path file() {
    return folder.resolve("journal.index");
  }

  private static JournalIndex.Content content(long lastEvent, long events) {
    return new JournalIndex.Content(
        lastEvent, events, List.of("00000002-x-y.json"), List.of(TRIAL));
  }

  private Journal journal(int events) {
    Journal journal = Journal.open(run.files(), run.journal());
    for (int i = 0; i < events; i++) {
      journal.append(Event.of(EventKind.TRIAL_FINISHED, "t" + (i + 2), "a1", "00"));
    }
    return journal;
  }

  @Test
  void readsWhatItHasWritten() {
    assertThat(index.read()).isEmpty();

    index.write(content(7, 6));

    assertThat(index.read()).contains(content(7, 6));
  }

  @Test
  void countsForNothingOnceAByteOfItIsLostOrChanged() throws IOException {
    index.write(content(7, 6));
    byte[] whole = Files.readAllBytes(file());

    for (int i = 0; i < whole.length; i++) {
      byte[] damaged = whole.clone();
      damaged[i] ^= 4;
      Files.write(file(), damaged);
      // A changed number of events is found out by the journal.
      assertThat(index.read())
          .as(new String(damaged, StandardCharsets.UTF_8))
          .satisfiesAnyOf(
              read -> assertThat(read).isEmpty(),
              read -> assertThat(read.orElseThrow().finished()).containsExactly(TRIAL));
      Files.write(file(), Arrays.copyOf(whole, i));
      assertThat(index.read()).isEmpty();
    }
  }

  @Test
  void isBelievedOnlyOfTheJournalThatIsThere() {
    Journal journal = journal(3);

    assertThat(journal.isTold(content(3, 3))).isTrue();
    assertThat(journal.isTold(content(2, 2))).isTrue();
    assertThat(journal.isTold(content(3, 2))).isFalse();
    assertThat(journal.isTold(content(4, 3))).isFalse();
  }

  @Test
  void eventsThatItDoesNotKnowAreReadOverIt() {
    Journal journal = journal(3);
    journal.append(Event.of(EventKind.TRIAL_FAILED, "t1", "a3", "lost"));

    JournalState state = journal.replay(content(2, 2));

    assertThat(state.trials())
        .containsExactly(
            java.util.Map.entry("t1", new JournalState.Finished("a2", "ff00")),
            java.util.Map.entry("t4", new JournalState.Finished("a1", "00")));
    assertThat(state.damaged()).containsExactly("00000002-x-y.json");
  }

  @Test
  void toAddAnEventCostsTheSameHoweverManyThereAre() {
    RunFolder counted = RunFolder.of(folder.toString(), CountedFiles.configuration());
    Journal journal = Journal.open(counted.files(), counted.journal());
    for (int i = 0; i < 20; i++) {
      CountedFiles.reset();
      journal.append(Event.of(EventKind.TRIAL_STARTED, "t" + i, "a1", ""));
      int operations = CountedFiles.count(each -> each.contains(folder.toString()));
      assertThat(CountedFiles.count(each -> each.startsWith("list "))).isZero();
      assertThat(operations).as(CountedFiles.operations().toString()).isBetween(1, 20);
    }
  }

  @Test
  void aSecondDriverTakesTheJournalOverFromTheFirst() {
    Journal first = journal(1);
    Journal second = journal(1);

    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> first.append(Event.of(EventKind.RUN_FINISHED, "one", "")))
        .hasMessageEndingWith(": another driver is at work on this run");
    assertThat(second.lastEvent()).isEqualTo(2);
  }
}
