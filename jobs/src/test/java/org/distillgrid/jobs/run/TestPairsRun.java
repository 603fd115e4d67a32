package org.distillgrid.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.distillgrid.jobs.journal.FinishedResult;
import org.distillgrid.jobs.journal.ImageMetrics;
import org.distillgrid.kd.image.ImageReader;
import org.distillgrid.kd.image.ImageWriter;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.task.Comparison;
import org.distillgrid.kd.task.Pairs;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A grid whose inputs are files beside their targets, from end to end. */
class TestPairsRun {
  private static final ImageReader READER = ImageReader.bounded(1_000_000);

  @TempDir Path folder;
  private TinyRun tiny;

  @BeforeEach
  void images() throws IOException {
    tiny = new TinyRun(folder);
    FragileMethod.heal();
    for (String side : List.of("train", "test")) {
      for (Path target : files(side)) {
        String name = target.getFileName().toString().replace(".png", "_noisy.png");
        Path input = folder.resolve(side + "-in").resolve(name);
        Files.createDirectories(input.getParent());
        ImageWriter.write(noisy(READER.read(target)), input);
      }
    }
  }

  @AfterEach
  void close() throws IOException {
    tiny.close();
  }

  @Test
  void trainsTeachesScoresAndResumes() throws IOException {
    TinyRun.Outcome outcome = run("grid.method=[none, logits, spark]");

    assertThat(outcome.status()).as(outcome.out() + outcome.err()).isZero();
    assertThat(outcome.out())
        .contains("Trials: 6, 0 finished before, 6 to train")
        .containsPattern("test +input +" + "%.2f".formatted(input()))
        .contains("teacher")
        .contains("Predicted: 8 patches in 8 turns");
    List<ImageMetrics> scores =
        tiny.finished("run").values().stream()
            .map(FinishedResult::scores)
            .flatMap(Collection::stream)
            .toList();
    assertThat(scores).hasSize(12);
    assertThat(scores)
        .allSatisfy(
            score -> {
              assertThat(score.psnr()).isFinite();
              assertThat(score.space()).isEqualTo("rgb");
              assertThat(score.cropPixels()).isZero();
            });
    assertThat(sql("SELECT count(*) AS n FROM difficulty")).contains("12");
    evaluatesAsTheRunDoes();
    showsCrops();

    TinyRun.Outcome again = run("grid.method=[none, logits, spark]");

    assertThat(again.status()).as(again.err()).isZero();
    assertThat(again.out()).contains("Trials: 6, 6 finished before, 0 to train");
    Path input = folder.resolve("train-in/0_noisy.png");
    ImageWriter.write(noisy(READER.read(input)), input);
    assertThat(run("grid.method=[none, logits, spark]").err()).contains("images changed");
  }

  private void evaluatesAsTheRunDoes() {
    String weights = tiny.folder("run/teacher/weights.safetensors").toString();
    TinyRun.Outcome evaluated =
        TinyRun.execute(
            "evaluate",
            "--weights=" + weights,
            "--task=pairs",
            "--scale=1",
            "--inputs=" + folder.resolve("test-in"),
            "--data=" + folder.resolve("test"));
    assertThat(evaluated.status()).as(evaluated.err()).isZero();
    String mean = evaluated.out().lines().filter(line -> line.startsWith("mean,")).toList().get(0);
    String known = sql("SELECT avg(psnr) AS mean FROM metrics WHERE trial_id = 'teacher'");
    assertThat(Double.parseDouble(mean.split(",")[1]))
        .isCloseTo(Double.parseDouble(known.lines().toList().get(1)), within(0.002));
  }

  private void showsCrops() {
    Path out = folder.resolve("crops.png");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "crops",
                tiny.folder("run").toString(),
                folder.resolve("test/0.png").toString(),
                out.toString(),
                "--at=0,0",
                "--side=16",
                "--bits=fp,w4a4",
                "--method=logits"));
    assertThat(TinyRun.execute(arguments.toArray(String[]::new)).err())
        .contains("Cannot degrade images under task pairs");
    arguments.add("--input=" + folder.resolve("test-in/0_noisy.png"));
    TinyRun.Outcome outcome = TinyRun.execute(arguments.toArray(String[]::new));
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(READER.read(out).width()).isEqualTo(4 * 48 + 3 * 6);
  }

  @Test
  void testPairsThatCannotBeUsedAreRefusedByNameOrLeftOut() throws IOException {
    Path lone = folder.resolve("test-in/lone_noisy.png");
    Files.copy(folder.resolve("test-in/0_noisy.png"), lone);
    Path small = folder.resolve("test/small.png");
    Files.copy(folder.resolve("train/0.png"), small);
    ImageWriter.write(
        READER.read(small).crop(0, 0, 32, 64), folder.resolve("test-in/small_noisy.png"));

    TinyRun.Outcome refused = run();

    assertThat(refused.status()).isEqualTo(3);
    assertThat(refused.err())
        .contains("Cannot evaluate: 2 test images cannot be used")
        .contains(
            "  file:"
                + small
                + ": Cannot pair images: at scale 1 the input of a target of 64×64 pixels has"
                + " 64×64, found 32×64")
        .contains("  file:" + lone + ": Cannot pair image: no target has its name");
    assertThat(tiny.folder("run/teacher")).doesNotExist();

    TinyRun.Outcome skipped = run("evaluate.onBadImage=skip");

    assertThat(skipped.status()).as(skipped.err()).isZero();
    assertThat(sql("SELECT dataset, path FROM rejected_inputs ORDER BY path"))
        .isEqualTo("dataset,path\ntest,file:" + lone + "\ntest,file:" + small + "\n");
  }

  @Test
  void aTestInputThatIsATrainingInputIsRefused() throws IOException {
    Files.copy(folder.resolve("train-in/1_noisy.png"), folder.resolve("test-in/x_noisy.png"));
    ImageWriter.write(
        noisy(noisy(READER.read(folder.resolve("train/1.png")))), folder.resolve("test/x.png"));

    TinyRun.Outcome outcome = run();

    assertThat(outcome.status()).isEqualTo(3);
    assertThat(outcome.err())
        .contains("Cannot evaluate on training images: 1 files of evaluate.sets hold")
        .contains(
            "file:%1$s/test-in/x_noisy.png = file:%1$s/train-in/1_noisy.png".formatted(folder));
  }

  @Test
  void commandsSayWhereInputsAreMissing() {
    assertThat(
            TinyRun.execute(
                    "evaluate", "--weights=x", "--task=pairs", "--scale=1", "--data=" + folder)
                .err())
        .contains("Cannot evaluate under task pairs: --inputs names what the network is shown");
    assertThat(
            TinyRun.execute(
                    "evaluate", "--weights=x", "--scale=2", "--inputs=a", "--data=" + folder)
                .err())
        .contains("Cannot evaluate: --inputs and --pattern go with --task pairs");
    assertThat(
            TinyRun.execute(
                    "degrade",
                    "--task=pairs",
                    "--scale=1",
                    folder.resolve("test").toString(),
                    folder.resolve("x").toString())
                .err())
        .contains("error: Cannot degrade images under task pairs");
  }

  private TinyRun.Outcome run(String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "task={name: pairs}",
                "data.train={input: %1$s/train-in, target: %1$s/train}".formatted(folder),
                "evaluate.sets={name: test, input: %1$s/test-in, target: %1$s/test}"
                    .formatted(folder),
                "teacher.model=dncnn-c4-d4",
                "teacher.cache.path=" + folder.resolve("cache"),
                "grid.student=[dncnn-c3-d3]",
                "grid.include=[]"));
    arguments.addAll(List.of(more));
    return tiny.run("run", arguments.toArray(String[]::new));
  }

  private String sql(String query) {
    return TinyRun.execute("sql", "--csv", tiny.folder("run").toString(), query).out();
  }

  private double input() throws IOException {
    double sum = 0;
    List<Path> targets = files("test");
    for (Path target : targets) {
      String name = target.getFileName().toString().replace(".png", "_noisy.png");
      PlanarImage shown = READER.read(folder.resolve("test-in").resolve(name));
      sum += Comparison.by(new Pairs(1).judgement()).score(READER.read(target), shown).psnr();
    }
    return sum / targets.size();
  }

  private List<Path> files(String side) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(side))) {
      return files.sorted().toList();
    }
  }

  private static PlanarImage noisy(PlanarImage clean) {
    Random random = new Random(clean.samples()[0]);
    byte[] samples = clean.samples().clone();
    for (int i = 0; i < samples.length; i++) {
      int value = (samples[i] & 0xff) + (int) (20 * random.nextGaussian());
      samples[i] = (byte) Math.max(0, Math.min(255, value));
    }
    return new PlanarImage(clean.channels(), clean.height(), clean.width(), samples);
  }
}
