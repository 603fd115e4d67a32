package org.distillgrid.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.distillgrid.jobs.TestImages;
import org.distillgrid.kd.SharedData;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.weights.Safetensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TestEvaluateCommand {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @Test
  void printsEveryImageAndTheMean() {
    Path weights = SharedData.path("teachers/rlfn_x2.npz");
    Path data = SharedData.path("images/Set5");
    int status =
        run(
            "evaluate",
            "--model=rlfn",
            "--weights=" + weights,
            "--task=sr",
            "--scale=2",
            "--data=" + data);
    assertThat(err.toString()).isEmpty();
    assertThat(status).isZero();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(7);
    assertThat(lines.get(0)).isEqualTo("image,psnr,ssim");
    assertThat(lines.get(1)).startsWith("baby.png,38.9");
    assertThat(lines.get(6)).startsWith("mean,38.06").contains(",0.9606");
  }

  @Test
  void restoresInTilesWhatDoesNotFit() {
    Path weights = SharedData.path("teachers/rlfn_x2.npz");
    Path baby = SharedData.path("images/Set5/baby.png");
    String[] arguments = {
      "evaluate", "--model=rlfn", "--weights=" + weights, "--scale=2", "--data=" + baby, "--memory="
    };
    assertThat(run(with(arguments, "150m"))).isZero();
    assertThat(out.toString().lines().skip(1)).first().asString().startsWith("baby.png,38.9");
    assertThat(err.toString())
        .startsWith("note: Large images are restored in tiles of ")
        .hasLineCount(1);
    assertThat(run(with(arguments, "1m"))).isEqualTo(2);
    assertThat(err.toString())
        .contains("error: Cannot score Set5/baby.png: Cannot restore with rlfn within 1 MiB");
    assertThat(run(with(arguments, "2q"))).isEqualTo(2);
    assertThat(err.toString()).contains("a size is written as in 512m or 4g, not 2q");
  }

  private static String[] with(String[] arguments, String last) {
    String[] all = arguments.clone();
    all[all.length - 1] += last;
    return all;
  }

  @Test
  void scoresADenoiserWithoutBeingToldItsScale() {
    Path weights = SharedData.path("teachers/dncnn_gray_s25.npz");
    Path image = SharedData.path("images/Set12/01.png");
    int status =
        run(
            "evaluate",
            "--model=dncnn",
            "--weights=" + weights,
            "--task=denoise-s25",
            "--channels=1",
            "--data=" + image);
    assertThat(err.toString()).isEmpty();
    assertThat(status).isZero();
    // The set's noise is that of each image's name, so this is the first line of the whole set.
    assertThat(out.toString().lines().toList().get(1)).startsWith("01.png,30.");
    assertThat(run("evaluate", "--weights=" + weights, "--data=" + image)).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "error: Cannot set task sr: it needs a scale (valid: 2, 3, 4, 8)");
  }

  @Test
  void refusesWhatItCannotEvaluate() throws IOException {
    Path weights = Files.writeString(folder.resolve("w.npz"), "no weights");
    assertThat(run("evaluate", "--weights=" + weights, "--scale=2", "--data=" + folder))
        .isEqualTo(3);
    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "error: Cannot read --data: no new image in "
                + folder
                + " (known suffixes: png jpg jpeg jpe jfif bmp dib tif tiff webp)");
    Path absent = folder.resolve("absent");
    assertThat(run("evaluate", "--weights=" + weights, "--scale=2", "--data=" + absent))
        .isEqualTo(3);
    assertThat(err.toString())
        .endsWith("error: Cannot read --data: no such file or folder: " + absent + "\n");
    Files.writeString(folder.resolve("x.png"), "no image");
    assertThat(run("evaluate", "--weights=" + weights, "--scale=2", "--data=" + folder))
        .isEqualTo(3);
    assertThat(err.toString())
        .endsWith(
            "error: Cannot read "
                + weights
                + ": its format is unknown; supported are .safetensors, .pth, .pt and .npz\n");
  }

  @Test
  void leavesBadImagesOutAndScoresTheOthers() throws IOException {
    TestImages.png(folder.resolve("set/good.png"), 32, 40, 1);
    TestImages.png(folder.resolve("set/below/small.png"), 13, 13, 2);
    Path line = TestImages.png(folder.resolve("set/line.png"), 4, 40, 3);
    Path empty = Files.createFile(folder.resolve("set/bad.png"));
    Path link = Files.createSymbolicLink(folder.resolve("set/gone.png"), Path.of("no.png"));

    assertThat(evaluate(folder.resolve("set").toString())).isEqualTo(3);

    assertThat(err.toString().lines())
        .containsExactly(
            "left out: " + link + ": Cannot read image: a link to no.png, which is not there",
            "left out: " + empty + ": Cannot read image: empty file",
            "left out: Cannot score set/line.png: Cannot compare images of 4×40 pixels: nothing"
                + " remains without 2 at each border");
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(1)).matches("good.png,[0-9.]+,[0-9.]+");
    assertThat(lines.get(2)).matches("below/small.png,[0-9.]+,");
    assertThat(lines.get(3)).matches("mean,[0-9.]+,[0-9.]+");
    assertThat(evaluate(line.toString())).isEqualTo(3);
    assertThat(err.toString())
        .contains("error: Cannot evaluate: none of 1 images is usable (Cannot score set/line.png");
  }

  @Test
  void takesWhatTrainingDataMayBe() throws IOException {
    TestImages.png(folder.resolve("one/a.png"), 32, 40, 1);
    TestImages.png(folder.resolve("two/a.png"), 32, 40, 2);
    TestImages.png(folder.resolve("two/b.png"), 32, 40, 3);
    String both = "[" + folder.resolve("one") + ", " + folder.resolve("two/a*") + "]";

    assertThat(evaluate(both)).isZero();

    assertThat(out.toString().lines().map(line -> line.replaceFirst(",.*", "")))
        .containsExactly("image", "one/a.png", "two/a.png", "mean");
    String first = out.toString();
    out.getBuffer().setLength(0);
    assertThat(evaluate(folder.resolve("one").toUri().toString(), folder + "/two/a.png")).isZero();
    assertThat(out.toString()).isEqualTo(first);
    assertThat(evaluate("~nobody/images")).isEqualTo(2);
    assertThat(err.toString()).contains("error: Cannot be the path ~nobody/images: ");
  }

  @Test
  void warnsOfAnInputThatIsItsTarget() throws IOException {
    Path target = TestImages.png(folder.resolve("target/a.png"), 32, 40, 1);
    TestImages.png(folder.resolve("target/b.png"), 32, 40, 2);
    Path input = Files.createDirectories(folder.resolve("input")).resolve("a.png");
    Files.copy(target, input);
    TestImages.png(folder.resolve("input/b.png"), 32, 40, 3);

    int status =
        run(
            "evaluate",
            "--task=pairs",
            "--scale=1",
            "--weights=" + weights("dncnn-c4-d3", 1),
            "--inputs=" + folder.resolve("input"),
            "--data=" + folder.resolve("target"));

    assertThat(err.toString())
        .isEqualToIgnoringNewLines(
            "warning: "
                + input
                + ": input and target hold the same, and there is nothing to restore");
    assertThat(status).isZero();
    assertThat(out.toString().lines()).hasSize(4);
  }

  private Path weights(String model, int scale) {
    Path weights = folder.resolve(model + ".safetensors");
    try (NDManager manager = NDManager.newBaseManager();
        Network network =
            Network.build(model, new ModelTarget(3, scale), Draws.of("test"), manager)) {
      Safetensors.write(network.checkpoint(), weights);
    }
    return weights;
  }

  private int evaluate(String... data) {
    List<String> arguments = new ArrayList<>(List.of("evaluate", "--scale=2"));
    arguments.addAll(List.of("--weights=" + weights("edsr-c4-b1", 2), "--data"));
    arguments.addAll(List.of(data));
    return run(arguments.toArray(String[]::new));
  }

  private int run(String... arguments) {
    CommandLine command = DistillGrid.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }
}
