package org.distillgrid.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.table.PublishedSummary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestReportCommand {
  @TempDir Path root;
  private TinyRun settings;
  private EarlierRun earlier;
  private Path folder;

  @BeforeEach
  void copy() throws IOException {
    settings = new TinyRun(root.resolve("tiny"));
    earlier = EarlierRun.of("0.1", root.resolve("grid"));
    folder = earlier.folder();
  }

  @AfterEach
  void close() throws IOException {
    settings.close();
  }

  private static String refused(int status, String... arguments) {
    TinyRun.Outcome outcome = TinyRun.execute(arguments);
    assertThat(outcome.status()).as(outcome.out() + outcome.err()).isEqualTo(status);
    assertThat(outcome.err().lines()).hasSize(1);
    return outcome.err();
  }

  @Test
  void showsARunFromItsTables() throws IOException {
    Path page = root.resolve("pages/page.html");
    TinyRun.Outcome outcome = TinyRun.execute("report", folder.toString(), page.toString());
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.out()).isEqualTo("Report: file:" + page + System.lineSeparator());

    JsonNode data = PageData.of(page);
    assertThat(data.path("state").asText())
        .isEqualTo("All trials have ended: 4 finished, 0 failed.");
    assertThat(data.path("answer")).hasSize(3);
    assertThat(data.path("answer").get(0).asText()).startsWith("On test the best cell is ");
    assertThat(data.path("summary")).hasSize(4);
    RunFolder run = RunFolder.of(folder.toString(), new Configuration());
    assertThat(PublishedSummary.read(run))
        .filteredOn(cell -> cell.bits().equals("fp"))
        .extracting(PublishedSummary.Cell::psnr)
        .containsExactly(data.path("summary").get(0).path("psnr_mean").asDouble());
    assertThat(data.path("summary").findValuesAsText("latency_ms")).containsOnly("null");
    assertThat(data.path("differences").findValuesAsText("method"))
        .containsExactlyInAnyOrder("logits", "csd");
    assertThat(data.path("curves").path("trials")).hasSize(4);
    assertThat(data.path("images").get(0).path("images")).hasSize(2);
    assertThat(data.path("difficulty").path("patches").asInt()).isEqualTo(4);
    assertThat(data.path("patches")).hasSize(4);
    // Its tables name weights where the run was made.
    assertThat(data.path("notes").path("crops").asText()).startsWith("Cannot read file:/grid/run/");
    assertThat(data.path("notes").path("maps").asText()).startsWith("No method of this run");
    assertThat(data.path("notes").path("failures").asText()).startsWith("No trial has failed");
  }

  @Test
  void showsWhatIsThereOfARunThatIsUnderWay() throws IOException {
    Path spec = folder.resolve("spec.yaml");
    Files.writeString(
        spec, Files.readString(spec).replace("  seed:\n  - 0\n", "  seed:\n  - 0\n  - 1\n"));
    Files.move(earlier.root().resolve("test"), earlier.root().resolve("gone"));
    TinyRun.Outcome outcome = TinyRun.execute("report", folder.toString());
    assertThat(outcome.status()).as(outcome.err()).isZero();

    JsonNode data = PageData.of(folder.resolve("report.html"));
    assertThat(data.path("state").asText())
        .isEqualTo("Of 8 trials 4 finished, 0 failed; 4 are not in the tables.");
    assertThat(data.has("crops")).isFalse();
    assertThat(data.path("notes").path("crops").asText()).contains("no such file or folder");
  }

  @Test
  void aRunWritesItAndDoesNotFailWithoutIt() throws IOException {
    TinyRun.Outcome run = earlier.resume("grid.method=[none as plain]");
    assertThat(run.status()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).endsWith("Report: file:" + folder + "/report.html\n");
    JsonNode data = PageData.of(folder.resolve("report.html"));
    assertThat(data.path("summary")).hasSizeGreaterThan(3);
    // Methods are compared with none whatever it is called.
    assertThat(data.path("differences").findValuesAsText("method"))
        .containsExactlyInAnyOrder("logits", "csd");
    assertThat(data.path("crops")).hasSize(2);
    assertThat(data.path("crops").get(0).path("panels").findValuesAsText("title"))
        .containsExactly("input", "fp", "w4a4", "teacher", "ground truth");

    Files.delete(folder.resolve("report.html"));
    Files.createDirectory(folder.resolve("report.html"));
    TinyRun.Outcome again = earlier.resume();
    assertThat(again.status()).as(again.out() + again.err()).isZero();
    assertThat(again.out().lines())
        .last()
        .asString()
        .startsWith("warning: no report: Cannot write file:")
        .endsWith("report.html: it is a folder");
  }

  @Test
  void saysInOneLineWhyThereIsNone() throws IOException {
    assertThat(refused(3, "report", root.resolve("none").toString()))
        .startsWith("error: Cannot open file:")
        .contains("no run folder");
    assertThat(refused(4, "report", folder.toString(), root.toString()))
        .startsWith("error: Cannot write file:")
        .endsWith(": it is a folder\n");
    Path file = Files.writeString(root.resolve("file"), "");
    assertThat(refused(4, "report", folder.toString(), file.resolve("page.html").toString()))
        .startsWith("error: Cannot write file:")
        .endsWith("file:" + file + " is no folder\n");
    Files.delete(folder.resolve("tables/CURRENT"));
    assertThat(refused(3, "report", folder.toString()))
        .startsWith("error: Cannot report file:")
        .contains("it has no tables yet");
  }
}
