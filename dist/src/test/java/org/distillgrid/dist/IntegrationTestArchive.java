package org.distillgrid.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntegrationTestArchive {
  private static final String[] SHORT = {
    "run",
    "grids/quickstart.yaml",
    "teacher.train={steps: 2, batch: 1}",
    "train.pretrain={steps: 2, batch: 1}",
    "train.steps=2",
    "train.batch=1",
    "grid.bits=[w4a4]"
  };

  @TempDir static Path folder;
  private static Archive archive;

  @BeforeAll
  static void unpack() throws IOException, InterruptedException {
    archive = Archive.unpackedTo(folder);
  }

  @Test
  void runsTheQuickstartAndAnswersQueries() throws Exception {
    Archive.Outcome plan = archive.run("plan", "grids/quickstart.yaml");
    assertThat(plan.err()).isEmpty();
    assertThat(plan.out()).contains("trials           8 ");

    Archive.Outcome run = archive.run(SHORT);
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("edsr-c16-b4", "w4a4", "logits");
    assertThat(run.err()).doesNotContain("mvn");

    Archive.Outcome answer =
        archive.run("sql", "--csv", "runs/quickstart", "SELECT count(*) AS n FROM trials");
    assertThat(answer.out().lines()).as(answer.err()).containsExactly("n", "2");
  }

  @Test
  void tellsItsVersion() throws Exception {
    Archive.Outcome version = archive.run("--version");

    assertThat(version.status()).as(version.err()).isZero();
    String root = archive.root().getFileName().toString();
    assertThat(version.out())
        .startsWith("distill-grid " + root.replace("distill-grid-", "") + ", ")
        .contains("PyTorch 2.");
  }

  @Test
  void holdsWhatPeopleUseAsItIs() throws Exception {
    Path root = archive.root();
    List<String> wanted =
        List.of(
            "README.md",
            "LICENSE",
            "docs/README.md",
            "grids/papers/README.md",
            "notebooks/results.zpln",
            "cluster-conf/standalone/spark-defaults.conf",
            "data/sample/LICENSES/CC0-1.0.md");
    assertThat(wanted).allMatch(name -> Files.isRegularFile(root.resolve(name)));
    assertThat(root.resolve("cluster-conf/standalone/start-master.sh")).isExecutable();
    assertThat(root.resolve("jobs/target/spark-home/bin/spark-submit")).isExecutable();
  }

  // What would differ between two builds of one commit: times, owners, rights, the order of files.
  @Test
  void tellsNothingOfTheMachineThatItWasBuiltOn() throws Exception {
    Archive.Outcome list =
        archive.command("tar", "--list", "--verbose", "--utc", "--full-time", "-f", Archive.file());

    assertThat(list.out().lines())
        .allMatch(line -> line.matches("[d-]rw[x-]r-[x-]r-[x-] root/root .*"))
        .allMatch(line -> line.contains(" 2026-01-01 00:00:00 "));
    List<String> jars =
        list.out().lines().filter(line -> line.contains("spark-home/jars/")).toList();
    assertThat(jars).isSortedAccordingTo((one, other) -> name(one).compareTo(name(other)));
  }

  private static String name(String line) {
    return line.substring(line.lastIndexOf(' ') + 1);
  }
}
