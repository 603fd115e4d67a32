package org.distillgrid.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.eval.Evaluator;
import org.distillgrid.kd.image.ImageReader;
import org.distillgrid.kd.image.ImageWriter;
import org.distillgrid.kd.image.MatlabBicubic;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.image.Plane;
import org.distillgrid.kd.image.UnitRange;
import org.distillgrid.kd.task.Task;
import org.distillgrid.kd.task.Tasks;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TestImageCommands {
  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path in;
  private Path small;

  @BeforeEach
  void makeFolders() throws IOException {
    in = Files.createDirectory(folder.resolve("in"));
    small = folder.resolve("made/small");
  }

  @Test
  void degradeWritesWhatItCanAndNamesTheRest() throws IOException {
    PlanarImage image = image(3, 41, 50);
    ImageWriter.write(image, in.resolve("b.png"));
    ImageWriter.write(image(1, 30, 30), in.resolve("a.b.png"));
    Files.createFile(in.resolve("empty.jpg"));
    Files.createDirectory(in.resolve("folder.png"));
    Files.writeString(in.resolve("notes.txt"), "no image, and not taken for one");

    Files.createSymbolicLink(in.resolve("gone.png"), Path.of("nowhere.png"));

    assertThat(degrade(in, small, "--scale", "2")).isEqualTo(3);

    PlanarImage expected = MatlabBicubic.downscale(image.crop(0, 0, 40, 50), 2);
    assertThat(read(small.resolve("b.png"))).usingRecursiveComparison().isEqualTo(expected);
    assertThat(read(small.resolve("a.b.png")).channels()).isEqualTo(1);
    assertThat(small).isDirectoryNotContaining("glob:**empty*");
    assertThat(out.toString().strip()).isEqualTo("2 images written to " + small);
    assertThat(err.toString().lines())
        .containsExactly(
            "left out: Cannot read image " + in.resolve("empty.jpg") + ": empty file",
            "left out: Cannot read image " + in.resolve("folder.png") + ": is a folder",
            "left out: Cannot read image " + in.resolve("gone.png") + ": no such file");
  }

  @Test
  void degradeTakesOneFile() {
    ImageWriter.write(image(3, 12, 12), in.resolve("one.png"));
    assertThat(degrade(in.resolve("one.png"), small, "--task", "sr", "--scale", "3")).isZero();
    assertThat(read(small.resolve("one.png")).height()).isEqualTo(4);
  }

  @Test
  void degradeSaysWhereNoiseIsRounded() {
    PlanarImage image = image(3, 20, 30);
    ImageWriter.write(image, in.resolve("a.png"));
    ImageWriter.write(image, in.resolve("b.png"));
    assertThat(degrade(in, small, "--task", "denoise-s50")).isZero();
    assertThat(err.toString().strip())
        .isEqualTo(
            "note: noise is clipped and rounded to 8 bits in 2 images; training and evaluation"
                + " add it as it is");
    PlanarImage first = read(small.resolve("a.png"));
    double error = 0;
    for (int c = 0; c < 3; c++) {
      error += Plane.of(image, c).meanSquaredError(Plane.of(first, c)) / 3;
    }
    // Clipping at black takes something off 50.
    assertThat(Math.sqrt(error)).isBetween(35.0, 52.0);
    assertThat(read(small.resolve("b.png")).samples()).isNotEqualTo(first.samples());
    assertThat(degrade(in, small, "--task", "denoise-s50", "--overwrite")).isZero();
    assertThat(read(small.resolve("a.png")).samples()).isEqualTo(first.samples());
  }

  @Test
  void degradeWritesWhatNetworksSeeOfSyntheticTasks() {
    PlanarImage image = image(3, 24, 30);
    ImageWriter.write(image, in.resolve("a.png"));
    List<String> tasks = List.of("jpeg-q30", "blur-g1.6", "blur-m9", "rain-d20", "blur-g1+jpeg");
    for (String name : tasks) {
      Path written = small.resolve(name);
      assertThat(degrade(in, written, "--task", name)).isZero();
      assertThat(err.toString()).as(name).isEmpty();
      Task task = Tasks.of(name, 1);
      PlanarImage stored = task.degrade(image);
      float[] input = task.input(stored, Evaluator.noise("a.png").at(0, "input"));
      assertThat(UnitRange.of(read(written.resolve("a.png")))).as(name).isEqualTo(input);
      assertThat(input).as(name).isNotEqualTo(UnitRange.of(image));
    }
  }

  @Test
  void degradeReplacesOnlyWhenTold() {
    ImageWriter.write(image(3, 12, 12), in.resolve("one.png"));
    assertThat(degrade(in, small, "--scale", "2")).isZero();
    assertThatThrownBy(() -> degrade(in, small, "--scale", "3"))
        .hasMessage("Cannot write over existing file " + small.resolve("one.png"));
    assertThat(degrade(in, small, "--scale", "3", "--overwrite")).isZero();
    assertThat(read(small.resolve("one.png")).height()).isEqualTo(4);
    assertThatThrownBy(() -> degrade(in, in, "--scale", "2", "--overwrite"))
        .hasMessage("Cannot write a result over its own source " + in.resolve("one.png"));
  }

  @Test
  void degradeRefusesWhatCannotBe() throws IOException {
    assertThatThrownBy(() -> degrade(in, small, "--scale", "2"))
        .hasMessage(
            "Cannot find an image (png, jpg, jpeg, jpe, jfif, bmp, dib, tif, tiff, webp) in " + in);
    assertThatThrownBy(() -> degrade(in, small, "--scale", "5"))
        .hasMessage("Unknown scale of task sr: 5 (valid: 2, 3, 4, 8)");
    assertThatThrownBy(() -> degrade(in, small, "--task", "srr", "--scale", "2"))
        .hasMessage("Unknown task: srr (did you mean sr?)");
    ImageWriter.write(image(1, 1, 20), in.resolve("line.png"));
    assertThatThrownBy(() -> degrade(in, small, "--scale", "2"))
        .hasMessage(
            "Cannot degrade %s: none of 1 images is usable"
                + " (%s: Cannot shrink an image of 1×20 pixels by 2)",
            in, in.resolve("line.png"));
    Files.write(in.resolve("line.jpg"), new byte[3]);
    assertThatThrownBy(() -> degrade(in, small, "--scale", "2"))
        .hasMessage("Cannot tell two images of " + in + " apart by name: line.jpg and line.png");
  }

  @Test
  void metricsPrintsEachPairAndTheMean() {
    PlanarImage image = image(1, 32, 40);
    byte[] off = image.samples().clone();
    for (int i = 0; i < off.length; i++) {
      off[i]++;
    }
    ImageWriter.write(image, in.resolve("x, y.png"));
    ImageWriter.write(image, in.resolve("same.png"));
    Path other = folder.resolve("other");
    assertThat(other.toFile().mkdir()).isTrue();
    ImageWriter.write(new PlanarImage(1, 32, 40, off), other.resolve("x, y.png"));
    ImageWriter.write(image, other.resolve("same.png"));

    assertThat(metrics(other, "--crop", "2", "--space", "Y")).isZero();

    assertThat(out.toString().lines().toList())
        .hasSize(4)
        .contains("image,psnr,ssim", "same,inf,1.000000")
        .anyMatch(line -> line.startsWith("\"x, y\",48.1308,0.99"))
        .anyMatch(line -> line.startsWith("mean,inf,0.99"));
  }

  @Test
  void metricsRefusesWhatDoesNotPair() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    ImageWriter.write(image(1, 32, 40), in.resolve("a.png"));
    ImageWriter.write(image(1, 32, 40), in.resolve("b.png"));
    ImageWriter.write(image(1, 32, 38), other.resolve("a.png"));
    assertThatThrownBy(() -> metrics(other))
        .isInstanceOf(GridException.class)
        .hasMessage(
            "Cannot pair images by name: %s lacks 1 of 2: b (a pattern such as {}_x2 says how"
                + " names differ)",
            other);
    assertThatThrownBy(() -> metrics(other, "--space", "lab"))
        .hasMessage("Unknown --space: lab (valid: y, rgb, grey)");
    assertThatThrownBy(() -> metrics(other, "--crop", "-1"))
        .hasMessage("Cannot crop a negative border: --crop -1");
    assertThatThrownBy(() -> metrics(in, "--crop", "16"))
        .hasMessageContaining("none of 2 pairs is usable")
        .hasMessageContaining("nothing remains without 16 at each border");
  }

  @Test
  void metricsLeavesABadPairOut() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    ImageWriter.write(image(1, 32, 40), in.resolve("a.png"));
    ImageWriter.write(image(1, 32, 40), in.resolve("b.png"));
    ImageWriter.write(image(1, 32, 38), other.resolve("a.png"));
    ImageWriter.write(image(1, 32, 40), other.resolve("b.png"));
    assertThat(metrics(other)).isEqualTo(3);
    assertThat(out.toString().lines())
        .containsExactly("image,psnr,ssim", "b,inf,1.000000", "mean,inf,1.000000");
    assertThat(err.toString().lines())
        .containsExactly(
            "left out: "
                + other.resolve("a.png")
                + ": Cannot compare images of different shapes: reference 1×32×40, restored"
                + " 1×32×38");
  }

  @Test
  void metricsPairsByPatternAndHasNoSimilarityOfSmallImages() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    ImageWriter.write(image(1, 9, 40), in.resolve("a.png"));
    ImageWriter.write(image(3, 9, 40), other.resolve("out-a.png"));
    assertThat(metrics(other, "--pattern", "out-{}")).isZero();
    assertThat(out.toString().lines()).hasSize(3).allMatch(line -> line.matches("image.*|.*,.*,"));
  }

  private int degrade(Path source, Path target, String... options) {
    CommandLine line = line(new DegradeCommand());
    String[] arguments = new String[options.length + 2];
    System.arraycopy(options, 0, arguments, 0, options.length);
    arguments[options.length] = source.toString();
    arguments[options.length + 1] = target.toString();
    return execute(line, arguments);
  }

  private int metrics(Path restored, String... options) {
    CommandLine line = line(new MetricsCommand());
    String[] arguments = new String[options.length + 4];
    System.arraycopy(options, 0, arguments, 4, options.length);
    arguments[0] = "--reference";
    arguments[1] = in.toString();
    arguments[2] = "--restored";
    arguments[3] = restored.toString();
    return execute(line, arguments);
  }

  private CommandLine line(Object command) {
    return new CommandLine(command).setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
  }

  // The root command maps exceptions to messages; here they are looked at as they are thrown.
  private static int execute(CommandLine line, String... arguments) {
    AtomicReference<GridException> thrown = new AtomicReference<>();
    line.setExecutionExceptionHandler(
        (exception, command, parsed) -> {
          thrown.set((GridException) exception);
          return ((GridException) exception).code().exitStatus();
        });
    int status = line.execute(arguments);
    if (thrown.get() != null) {
      throw thrown.get();
    }
    return status;
  }

  private static PlanarImage read(Path file) {
    return ImageReader.bounded(1_000_000).read(file);
  }

  private static PlanarImage image(int channels, int height, int width) {
    byte[] samples = new byte[channels * height * width];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (i * 37 % 200 + i % 7);
    }
    return new PlanarImage(channels, height, width, samples);
  }
}
