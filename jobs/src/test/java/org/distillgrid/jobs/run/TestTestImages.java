package org.distillgrid.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run reads is looked at before it trains. */
class TestTestImages {
  @TempDir Path folder;
  private TinyRun tiny;

  @BeforeEach
  void images() throws IOException {
    tiny = new TinyRun(folder);
    FragileMethod.heal();
  }

  @AfterEach
  void close() throws IOException {
    tiny.close();
  }

  @Test
  void badOnesAreRefusedBeforeTrainingOrLeftOut() throws IOException {
    Path empty = Files.createFile(folder.resolve("test/bad.png"));
    Path link = Files.createSymbolicLink(folder.resolve("test/gone.png"), Path.of("no.png"));

    TinyRun.Outcome refused = tiny.run("run");

    assertThat(refused.status()).isEqualTo(3);
    assertThat(refused.err())
        .contains(
            "error: Cannot evaluate: 2 test images cannot be used (evaluate.onBadImage=skip leaves"
                + " them out)")
        .contains("  file:" + empty + ": Cannot read image: empty file")
        .contains("  file:" + link + ": Cannot read image: a link to no.png, which is not there");
    assertThat(refused.out()).doesNotContain("Teacher");
    assertThat(tiny.folder("run/teacher")).doesNotExist();
    assertThat(tiny.run("prepare").status()).isEqualTo(3);

    TinyRun.Outcome skipped = tiny.run("run", "evaluate.onBadImage=skip");

    assertThat(skipped.status()).as(skipped.err()).isZero();
    assertThat(skipped.out())
        .contains("left out: file:" + empty + ": Cannot read image: empty file")
        .contains("of 3 images; 2 files rejected");
    assertThat(tiny.finished("run").values())
        .hasSize(3)
        .allMatch(result -> result.scores().size() == 2);
    assertThat(sql("SELECT dataset, reason FROM rejected_inputs ORDER BY path"))
        .isEqualTo(
            """
            dataset,reason
            test,Cannot read image: empty file
            test,"Cannot read image: a link to no.png, which is not there"
            """);
  }

  @Test
  void aSetMustHaveOneLeft() throws IOException {
    Files.writeString(folder.resolve("test/0.png"), "damaged");
    Files.delete(folder.resolve("test/1.png"));
    TinyRun.Outcome outcome = tiny.run("run", "evaluate.onBadImage=skip");
    assertThat(outcome.status()).isEqualTo(3);
    assertThat(outcome.err())
        .contains("error: Cannot evaluate on test: none of 1 images is usable")
        .contains("0.png: Cannot read image: not a PNG");
  }

  @Test
  void theyAreNotTrainedOn() throws IOException {
    Files.copy(folder.resolve("train/1.png"), folder.resolve("test/other name.png"));
    TinyRun.Outcome outcome = tiny.run("run");
    assertThat(outcome.status()).isEqualTo(3);
    assertThat(outcome.err())
        .contains(
            "error: Cannot evaluate on training images: 1 files of evaluate.sets hold what files of"
                + " data.train hold: file:"
                + folder.resolve("test/other name.png")
                + " = file:"
                + folder.resolve("train/1.png"));
    assertThat(tiny.folder("run/teacher")).doesNotExist();
  }

  private String sql(String query) {
    return TinyRun.execute("sql", "--csv", tiny.folder("run").toString(), query).out();
  }
}
