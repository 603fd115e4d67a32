package org.distillgrid.clusters;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures one small grid where executors and storage are of several kinds, each from an empty
 * folder and again with nothing left to do. {@code bench/clusters.sh} calls it; no build does.
 */
class BenchClusters {
  private static final int STEPS = 200;
  private static final Path TABLE = Launcher.root().resolve("cluster-tests/target/clusters.md");

  private final List<String> rows = new ArrayList<>();
  private double[] local;
  private List<String> expected;

  @TempDir Path folder;

  /**
   * One place to run at.
   *
   * @param options with which the grid is started there
   * @param reading with which its tables are read in one process
   */
  private record Place(
      String name,
      Launcher launcher,
      List<String> options,
      List<String> reading,
      String spec,
      String run) {}

  @Test
  void measure() throws Exception {
    Path grid = folder.resolve("grid");
    Path spec = SmallGrid.write(grid, "[fp, w4a4]", STEPS);
    List<String> alone = List.of("--master", "local[1]");
    Launcher plain =
        new Launcher(Files.createDirectory(folder.resolve("printed")), Map.of(), Map.of());
    String disk = folder.resolve("run").toString();
    measure(new Place("one process, local disk", plain, alone, alone, spec.toString(), disk));
    try (S3Server store = S3Server.start(Files.createDirectory(folder.resolve("s3")))) {
      Launcher onS3 = plain.with(store.properties());
      List<String> options = List.of("--master", "local[1]", "--jars", S3Server.jars());
      measure(
          new Place("one process, S3", onS3, options, options, spec.toString(), store.at("/run")));
    }
    Path hadoop = Files.createDirectory(folder.resolve("cluster"));
    try (HadoopCluster cluster = HadoopCluster.start(hadoop)) {
      cluster.copy(grid, "/grid");
      String there = cluster.at("/grid/grid.yaml");
      Launcher launcher = cluster.launcher();
      measure(
          new Place("one process, HDFS", launcher, alone, alone, there, cluster.at("/runs/one")));
      for (String mode : List.of("client", "cluster")) {
        Launcher onYarn = launcher.with(IntegrationTestHadoop.EXECUTORS);
        List<String> options = IntegrationTestHadoop.yarn(mode);
        String run = cluster.at("/runs/" + mode);
        String name = "YARN, " + mode + " mode, two executors, HDFS";
        measure(new Place(name, onYarn, options, alone, there, run));
      }
    }
    List<String> table = new ArrayList<>();
    table.add("| where | whole run, s | over local | resumed, s | over local |");
    table.add("|---|---|---|---|---|");
    table.addAll(rows);
    Files.write(TABLE, table);
  }

  private void measure(Place place) throws Exception {
    double[] seconds = {seconds(place), seconds(place)};
    List<String> trials = place.launcher().trials(place.reading(), place.run());
    if (local == null) {
      local = seconds;
      expected = trials;
    }
    assertThat(trials).as(place.name()).isEqualTo(expected);
    rows.add(
        String.format(
            Locale.ROOT,
            "| %s | %.1f | %.2f | %.1f | %.2f |",
            place.name(),
            seconds[0],
            seconds[0] / local[0],
            seconds[1],
            seconds[1] / local[1]));
  }

  private static double seconds(Place place) throws Exception {
    List<String> command = List.of("run", place.spec(), "output.path=" + place.run());
    long began = System.nanoTime();
    Launcher.Outcome outcome = place.launcher().run(place.options(), command);
    double seconds = (System.nanoTime() - began) / 1e9;
    assertThat(outcome.status()).as(outcome.errors()).isZero();
    return seconds;
  }
}
