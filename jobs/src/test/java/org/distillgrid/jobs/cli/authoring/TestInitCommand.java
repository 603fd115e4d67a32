package org.distillgrid.jobs.cli.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.distillgrid.jobs.TestImages;
import org.distillgrid.jobs.cli.DistillGrid;
import org.distillgrid.jobs.plan.CheckedSpecs;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.EvaluationSet;
import org.distillgrid.jobs.spec.ImageSource;
import org.distillgrid.jobs.spec.RunSpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TestInitCommand {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("mine.yaml");
  }

  @Test
  void colourImagesBecomeASpecThatIsWhole() throws IOException {
    images("photos", 24, 200, 300);

    assertThat(init("photos")).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("images     24 images, sides of 200 to 300 pixels, colour")
        .contains("patch      96 pixels, 48 of an input")
        .contains("test set   2 of the images")
        .contains("next       distill-grid plan " + file);
    RunSpec spec = read();
    assertThat(spec.name()).isEqualTo("photos");
    assertThat(spec.data().channels()).isEqualTo(3);
    assertThat(spec.data().patch()).isEqualTo(96);
    assertThat(spec.data().train()).hasSize(22);
    assertThat(spec.teacher().orElseThrow().model()).isEqualTo("edsr-c32-b8");
    assertThat(Files.readString(file)).contains("'photos/{14.png,4.png}'");
    assertThat(run("plan", file.toString())).as(err.toString()).isZero();
  }

  @Test
  void theSameFolderIsAlwaysDividedAlike() throws IOException {
    images("photos", 12, 100, 100);
    assertThat(init("photos")).isZero();
    String first = Files.readString(file);

    assertThat(run("init", path("photos"), file.toString(), "--force")).isZero();
    assertThat(file).content().isEqualTo(first);
  }

  @Test
  void whatIsThereIsNotReplaced() throws IOException {
    images("photos", 12, 100, 100);
    Files.writeString(file, "mine");

    assertThat(init("photos")).isEqualTo(4);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            "error: Cannot write %s: it is there already (--force replaces it)\n".formatted(file));
    assertThat(file).content().isEqualTo("mine");
  }

  @Test
  void greyImagesHaveOneChannel() throws IOException {
    for (int i = 0; i < 5; i++) {
      BufferedImage image = new BufferedImage(80, 70, BufferedImage.TYPE_BYTE_GRAY);
      image.getRaster().setSample(i, i, 0, 200);
      ImageIO.write(image, "png", file("grey/" + i + ".png").toFile());
    }

    assertThat(run("init", path("grey"), file.toString(), "--task", "denoise-s25")).isZero();
    assertThat(out.toString()).contains("70 to 80 pixels, grey");
    RunSpec spec = read();
    assertThat(spec.data().channels()).isEqualTo(1);
    assertThat(spec.task().scale()).isEqualTo(1);
    assertThat(spec.data().patch()).isEqualTo(48);
    assertThat(spec.grid().student().get(0).model()).startsWith("dncnn");
  }

  @Test
  void smallImagesHaveSmallPatchesCloseTogether() throws IOException {
    images("small", 4, 41, 50);

    assertThat(init("small")).isZero();
    RunSpec spec = read();
    assertThat(spec.data().patch()).isEqualTo(40);
    assertThat(spec.data().stride()).isEqualTo(10);
  }

  @Test
  void imagesThatAreTooSmallAreRefused() throws IOException {
    images("tiny", 4, 20, 20);

    assertThat(init("tiny")).isEqualTo(3);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            "error: Cannot draft a spec: at scale 2 images must have 32 pixels in height and width,"
                + " and one in ten has 20 or fewer\n");
    assertThat(file).doesNotExist();
  }

  @Test
  void oneImageCannotBeDivided() throws IOException {
    images("one", 1, 100, 100);

    assertThat(init("one")).isEqualTo(3);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            "error: Cannot draft a spec: 1 usable images, and it takes 3: to learn from, to validate"
                + " on and to be tested on\n");
  }

  @Test
  void imagesThatCannotBeListedAreRefused() throws IOException {
    images("photos, 2024", 4, 100, 100);

    assertThat(init("photos, 2024")).isEqualTo(3);
    assertThat(err.toString())
        .contains("0 usable images, and it takes 3")
        .endsWith("; 4 have one of *?[]{}\\,^ in their paths, which no list can have\n");
  }

  @Test
  void aFolderWithoutImagesIsRefused() throws IOException {
    Files.createDirectory(folder.resolve("empty"));

    assertThat(init("empty")).isEqualTo(3);
    assertThat(err.toString()).startsWith("error: Cannot read images: no new image in ");
    assertThat(init("absent")).isEqualTo(3);
    assertThat(err.toString()).startsWith("error: Cannot read images: no such file or folder: ");
  }

  @Test
  void whatCannotBeReadIsToldAndLeftOut() throws IOException {
    images("photos", 6, 100, 100);
    Files.writeString(file("photos/broken.png"), "no image");
    TestImages.claimingPng(file("photos/vast.png"), 60_000, 60_000);

    assertThat(init("photos")).isZero();
    assertThat(out.toString())
        .contains("6 images, ", "broken.png: not a PNG", "vast.png: 60000×60000 pixels are more");
    assertThat(Files.readString(file)).doesNotContain("broken.png", "vast.png");
  }

  @Test
  void whatCannotBeDecodedIsLeftOutToo() throws IOException {
    images("photos", 6, 100, 100);
    byte[] whole = Files.readAllBytes(file("photos/3.png"));
    Files.write(file("photos/3.png"), Arrays.copyOf(whole, whole.length / 2));

    assertThat(init("photos")).as(err.toString()).isZero();
    assertThat(out.toString()).contains("5 images, ", "photos/3.png").doesNotContain("6 images");
    assertThat(Files.readString(file)).doesNotContain("3.png");
  }

  @Test
  void oddNamesStayWhatTheyAre() throws IOException {
    List<String> names = List.of("it's", "a: b", "c #d", "\"e\"", "~f", "%67", "- h", "null");
    for (int i = 0; i < names.size(); i++) {
      TestImages.png(file("my photos/" + names.get(i) + ".png"), 100, 100, i);
    }
    file = folder.resolve("my spec.yaml");

    assertThat(init("my photos")).as(err.toString()).isZero();
    assertThat(out.toString()).contains("next       distill-grid plan '" + file + "'; ");
    RunSpec spec = read();
    assertThat(spec.name()).isEqualTo("my-photos");
    List<String> paths =
        Stream.concat(
                spec.data().train().stream(),
                spec.evaluate().sets().stream().map(EvaluationSet::images))
            .map(source -> source.path().orElseThrow())
            .toList();
    assertThat(paths).hasSize(8);
    for (String name : names) {
      assertThat(paths).anyMatch(path -> path.endsWith("my photos/" + name + ".png"));
    }
  }

  @Test
  void aPlaceThatCannotBeWrittenIsToldInWords() throws IOException {
    images("photos", 4, 100, 100);

    assertThat(run("init", path("photos"), path("photos"), "--force")).isEqualTo(4);
    assertThat(err.toString()).endsWith("photos: it is a folder\n");
    assertThat(run("init", path("photos"), path("none/mine.yaml"))).isEqualTo(4);
    assertThat(err.toString()).endsWith("none/mine.yaml: its folder is not there\n");
  }

  @Test
  void pairsTellTheirScaleAndStayPairs() throws IOException {
    images("clean", 6, 120, 140);
    for (int i = 0; i < 6; i++) {
      TestImages.png(file("rainy/" + i + ".png"), 60, 70, i);
    }

    int status = run("init", "--pairs", path("rainy"), path("clean"), file.toString());
    assertThat(status).as(err.toString()).isZero();
    RunSpec spec = read();
    assertThat(spec.name()).isEqualTo("clean");
    assertThat(spec.task().name()).isEqualTo("pairs");
    assertThat(spec.task().scale()).isEqualTo(2);
    assertThat(spec.data().train()).hasSize(5).allMatch(ImageSource::hasPairs);
    assertThat(spec.evaluate().sets())
        .extracting(EvaluationSet::images)
        .allMatch(ImageSource::hasPairs);

    TestImages.png(file("rainy/0.png"), 50, 70, 1);
    run("init", "--pairs", path("rainy"), path("clean"), file.toString(), "--force");
    assertThat(out.toString()).contains("are no whole multiple of the input's 50×70");
  }

  @Test
  void argumentsThatDoNotGoTogetherAreRefused() throws IOException {
    images("photos", 4, 100, 100);

    assertThat(run("init")).isEqualTo(2);
    assertThat(err.toString()).contains("Missing required parameter: 'FOLDER'");
    assertThat(run("init", path("photos"), file.toString(), "--scale", "7")).isEqualTo(2);
    assertThat(err.toString()).contains("Cannot draft a spec: task sr has no scale 7");
    assertThat(run("init", path("photos"), file.toString(), "--task", "denois")).isEqualTo(2);
    assertThat(err.toString()).contains("did you mean denoise?");
  }

  private void images(String name, int count, int height, int width) throws IOException {
    for (int i = 0; i < count; i++) {
      TestImages.png(file(name + "/" + i + ".png"), height, width, i);
    }
  }

  private Path file(String name) throws IOException {
    Path path = folder.resolve(name);
    Files.createDirectories(path.getParent());
    return path;
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private RunSpec read() {
    return CheckedSpecs.reader(Catalog.load()).read(file.toString(), List.of());
  }

  private int init(String name) {
    return run("init", path(name), file.toString());
  }

  private int run(String... arguments) {
    Stream.of(out, err).forEach(writer -> writer.getBuffer().setLength(0));
    CommandLine root = DistillGrid.commandLine();
    root.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return root.execute(arguments);
  }
}
