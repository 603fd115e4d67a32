package org.distillgrid.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.distillgrid.jobs.TestImages;
import org.distillgrid.jobs.cli.DistillGrid;
import org.distillgrid.jobs.spec.SpecFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TestDryRun {
  private static final String SPEC =
      SpecFolder.LEAST.replace("train: [train]", "train: [train]\n  patch: 48\n  stride: 48")
          + """
          teacher: {model: edsr-c16-b2, train: {steps: 1000, batch: 4}}
          train: {pretrain: {steps: 1000, batch: 4}, steps: 500, batch: 4}
          """;

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private String spec;

  @BeforeEach
  void images() throws IOException {
    for (int i = 0; i < 3; i++) {
      TestImages.png(folder.resolve("train/a" + i + ".png"), 96, 144, i);
    }
    TestImages.png(folder.resolve("train/a.png"), 48, 48, 3);
    TestImages.png(folder.resolve("test/b.png"), 100, 200, 4);
    spec = folder.resolve("spec.yaml").toString();
  }

  @Test
  void tellsWhatARunTakesAndStartsNothing() throws IOException {
    Files.writeString(Path.of(spec), SPEC);
    Path run = folder.resolve("run");

    assertThat(dryRun("grid.bits=[fp, w4a4]", "grid.method=[none, logits]", "output.path=" + run))
        .as(err.toString())
        .isZero();
    Map<String, String> lines = lines();
    assertThat(lines.get("trials")).startsWith("4 (");
    // Three images give 2×3 patches each, the fourth one.
    assertThat(lines.get("images"))
        .isEqualTo("about 19 training patches; test sets of 0.02 megapixels");
    assertThat(lines.get("a step"))
        .contains("edsr-c16-b2 fp ", "edsr-c16-b4 fp ", "edsr-c16-b4 lsq ", " ms (batch 4 of 48")
        .endsWith("on cpu, 1 thread");
    assertThat(lines.get("time")).matches("\\d+\\.\\d\\d h \\(\\d+\\.\\d min\\) with 1 executor.*");
    assertThat(lines.get("disk")).contains("patches 0.2 MiB", "predictions 2.0 MiB", "weights ");
    assertThat(lines.get("memory each")).matches("\\d+\\.\\d (MiB|GiB) with 1 executor.*");
    assertThat(run).doesNotExist();
  }

  /** Ids need the keys of images that a dry run does not read. */
  @Test
  void estimatesAllTrialsOrNone() throws IOException {
    Files.writeString(Path.of(spec), SPEC);

    assertThat(dryRun("--only=0123")).isEqualTo(2);
    assertThat(err.toString()).startsWith("error: Cannot estimate only 0123: ").hasLineCount(1);
  }

  private Map<String, String> lines() {
    return out.toString()
        .lines()
        .filter(line -> !line.startsWith(" "))
        .collect(
            Collectors.toMap(
                line -> line.substring(0, 16).strip(), line -> line.substring(16).strip()));
  }

  private int dryRun(String... overrides) {
    List.of(out, err).forEach(writer -> writer.getBuffer().setLength(0));
    CommandLine root = DistillGrid.commandLine();
    root.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    String[] arguments = new String[overrides.length + 3];
    arguments[0] = "run";
    arguments[1] = "--dry-run";
    arguments[2] = spec;
    System.arraycopy(overrides, 0, arguments, 3, overrides.length);
    return root.execute(arguments);
  }
}
