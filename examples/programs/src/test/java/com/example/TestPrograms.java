package com.example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.distillgrid.kd.SharedData;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every program is short, and prints what it says that it does. */
class TestPrograms {
  private static final Path ROOT = Path.of("..", "..");
  private static final String TRAIN = ROOT.resolve("data/sample/train").toString();
  private static final String TEST = ROOT.resolve("data/sample/test").toString();

  /** What makes Spark quick on a few rows. */
  private static final Map<String, String> SPARK =
      Map.of(
          "spark.master", "local[2]",
          "spark.sql.shuffle.partitions", "2",
          "spark.sql.codegen.wholeStage", "false",
          "spark.driver.host", "127.0.0.1");

  /** What the first values of a network are far from, in dB. */
  private static final double LEARNT = 15;

  @TempDir Path folder;

  @BeforeAll
  static void quicken() {
    SPARK.forEach(System::setProperty);
  }

  @AfterAll
  static void leave() {
    SPARK.keySet().forEach(System::clearProperty);
  }

  @Test
  void aStudentIsTrainedAndScored() {
    String weights = folder.resolve("student.safetensors").toString();
    List<String> trained = printed(TrainStudent::main, TRAIN, "25", weights);
    assertThat(trained).singleElement().asString().matches("5699 parameters, weights [0-9a-f]{64}");

    List<String> scored = printed(ScoreFolder::main, weights, "edsr-c8-b2", "2", TEST);
    assertThat(scored).hasSize(5).element(0).asString().startsWith("astronaut.png: ");
    List<Double> images = scored.stream().limit(4).map(TestPrograms::psnr).toList();
    double mean = images.stream().mapToDouble(psnr -> psnr).average().orElseThrow();
    assertThat(psnr(scored.get(4))).isCloseTo(mean, within(0.001)).isGreaterThan(LEARNT);
  }

  @Test
  void aPublishedCheckpointScoresAsPublished() {
    String weights = SharedData.path("teachers/rlfn_x4.pth").toString();
    String set5 = SharedData.path("images/Set5").toString();
    List<String> scored = printed(ScoreFolder::main, weights, "rlfn", "4", set5);
    assertThat(psnr(scored.get(5))).isCloseTo(32.238, within(0.001));
  }

  @Test
  void aGridIsRunAndItsTablesAreAsked() {
    List<String> lines =
        printed(
            RunGrid::main,
            ROOT.resolve("grids/quickstart.yaml").toString(),
            "output.path=" + folder.resolve("run"),
            "cluster.threads=1",
            "teacher.model=edsr-c4-b2",
            "teacher.train.steps=4",
            "grid.student=[edsr-c4-b1]",
            "grid.bits=[fp, w4a4]",
            "train.pretrain.steps=4",
            "train.steps=6",
            "train.validateEvery=6");
    assertThat(lines).contains("Trials: 4, 0 finished before, 4 to train", "4 trials, failed: 0");
    assertThat(lines.subList(lines.size() - 2, lines.size()))
        .allMatch(line -> line.matches("edsr-c4-b1 (fp|w4a4): [+-]\\d+\\.\\d{3} dB"))
        .doesNotHaveDuplicates();
    assertThat(folder.resolve("run/report.html")).content().contains("edsr-c4-b1");
  }

  @Test
  void noneIsLongerThanAPage() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/main/java/com/example"))) {
      List<Path> programs = files.toList();
      assertThat(programs).hasSize(3);
      for (Path program : programs) {
        assertThat(Files.readAllLines(program)).as("" + program).hasSizeLessThanOrEqualTo(40);
      }
    }
  }

  private static double psnr(String line) {
    return Double.parseDouble(line.replaceAll(".*: ([0-9.]+) dB.*", "$1"));
  }

  /** Returns the lines that a program prints. */
  private static List<String> printed(Consumer<String[]> program, String... arguments) {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, UTF_8));
    try {
      program.accept(arguments);
    } finally {
      System.setOut(before);
    }
    return bytes.toString(UTF_8).lines().toList();
  }
}
