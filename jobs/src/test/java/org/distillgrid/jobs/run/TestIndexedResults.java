package org.distillgrid.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.distillgrid.jobs.CountedFiles;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.journal.FinishedResult;
import org.distillgrid.jobs.journal.JournalIndex;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run that is resumed believes, and how much it reads for that. */
class TestIndexedResults {
  private static final String MADE_ANEW =
      "Index: journal.index is missing, damaged or another journal's; reading every event and"
          + " result";

  @TempDir Path folder;
  private TinyRun tiny;

  @BeforeEach
  void open() throws IOException {
    tiny = new TinyRun(folder);
    FragileMethod.heal();
  }

  @AfterEach
  void close() throws IOException {
    CountedFiles.SETTINGS.keySet().forEach(key -> System.clearProperty("spark.hadoop." + key));
    tiny.close();
  }

  private String run(String... arguments) throws IOException {
    TinyRun.Outcome outcome = tiny.run("run", arguments);
    assertThat(outcome.status()).as(outcome.out() + outcome.err()).isZero();
    return outcome.out();
  }

  private Path index() {
    return tiny.folder("run/journal.index");
  }

  private JournalIndex.Content indexed() {
    RunFolder run = RunFolder.of(tiny.folder("run").toString(), new Configuration());
    return new JournalIndex(run).read().orElseThrow();
  }

  private Map<String, String> hashes() throws IOException {
    return tiny.finished("run").values().stream()
        .collect(
            Collectors.toMap(
                FinishedResult::trialId, FinishedResult::weightHash, (one, other) -> one));
  }

  @Test
  void aFinishedTrialCostsThreeFileOperationsAtMostAndNothingIsPublishedAgain() throws IOException {
    assertThat(run()).contains("(v000001)").doesNotContain("Index:");
    assertThat(indexed().finished()).hasSize(3);
    String before = indexed().toString();

    CountedFiles.SETTINGS.forEach((key, value) -> System.setProperty("spark.hadoop." + key, value));
    CountedFiles.reset();
    String again = run();

    assertThat(again)
        .contains("Trials: 3, 3 finished before, 0 to train")
        .contains("(v000001)")
        .doesNotContain("Index:");
    indexed()
        .finished()
        .forEach(
            trial ->
                assertThat(CountedFiles.count(each -> each.contains(trial.trialId())))
                    .as(CountedFiles.operations().toString())
                    .isBetween(1, 3));
    assertThat(CountedFiles.count(each -> each.matches("open .*/journal/.*-trial-.*"))).isZero();
    assertThat(CountedFiles.count(each -> each.matches("list .*/journal"))).isEqualTo(1);
    assertThat(indexed()).hasToString(before);
  }

  @Test
  void whatTheIndexLacksIsFoundInJournalAndAttempts() throws IOException {
    run();
    byte[] early = Files.readAllBytes(index());
    byte[] damaged = early.clone();
    damaged[damaged.length - 10] ^= 1;
    Files.write(index(), damaged);
    assertThat(run()).contains(MADE_ANEW).contains("Trials: 3, 3 finished before, 0 to train");
    assertThat(indexed().finished()).hasSize(3);

    // As a driver leaves it that is killed before it writes the index.
    String[] grown = {"grid.seed=[0, 1]"};
    run(grown);
    Map<String, String> trained = hashes();
    assertThat(trained).hasSize(6);
    Files.write(index(), early);
    assertThat(run(grown))
        .contains("Trials: 6, 6 finished before, 0 to train")
        .doesNotContain("Index:");
    assertThat(indexed().finished()).hasSize(6);

    Iterator<FinishedResult> results = tiny.finished("run").values().iterator();
    Files.delete(tiny.folder("run/" + results.next().weights()));
    Path result = tiny.folder("run/" + results.next().weights()).resolveSibling("result.json");
    Files.writeString(result, Files.readString(result).substring(0, 100));
    assertThat(run(grown)).contains("Trials: 6, 4 finished before, 2 to train");
    Files.delete(result);
    assertThat(hashes()).isEqualTo(trained);
    assertThat(indexed().finished()).hasSize(6);
  }
}
