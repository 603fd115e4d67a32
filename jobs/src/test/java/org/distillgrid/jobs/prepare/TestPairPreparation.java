package org.distillgrid.jobs.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.LocalSpark;
import org.distillgrid.jobs.TestImages;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.spec.DataSpec;
import org.distillgrid.jobs.spec.ImageSource;
import org.distillgrid.jobs.spec.TaskSpec;
import org.distillgrid.jobs.table.PackFolder;
import org.distillgrid.jobs.table.PatchStore;
import org.distillgrid.jobs.table.PreparedData;
import org.distillgrid.jobs.table.TableName;
import org.distillgrid.jobs.table.Tables;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.ImageReader;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.train.patches.PatchSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestPairPreparation {
  private static SparkSession spark;

  @TempDir private Path folder;
  private final List<String> messages = new ArrayList<>();

  @BeforeAll
  static void openSpark() {
    spark = LocalSpark.open(2);
  }

  @AfterAll
  static void closeSpark() {
    spark.stop();
  }

  @Test
  void cutsBothSidesAlike() throws IOException {
    Path target = TestImages.png(folder.resolve("set/hr/a.png"), 99, 131, 1);
    Path input = TestImages.png(folder.resolve("set/lr/ax3.png"), 33, 43, 2);
    pair("set", "b", 96, 96, 3);
    RunFolder run = run("out");

    PreparedData prepared = prepare(data(source("set", "hr", "lr"), 48), 3, run);

    assertThat(prepared.images()).isEqualTo(2);
    assertThat(prepared.rejected()).isZero();
    List<Row> rows = Tables.of(spark, run).table(TableName.PATCHES).collectAsList();
    Row row =
        rows.stream()
            .filter(one -> one.getAs("patch_id").equals("set/a.png@r48c48"))
            .findFirst()
            .orElseThrow();
    PlanarImage whole = ImageReader.bounded(100_000).read(target);
    PlanarImage shown = ImageReader.bounded(100_000).read(input);
    assertThat((byte[]) row.getAs("hr")).isEqualTo(whole.crop(48, 48, 48, 48).samples());
    assertThat((byte[]) row.getAs("lr")).isEqualTo(shown.crop(16, 16, 16, 16).samples());
    try (PatchStore store =
        PatchStore.open(run, PreparedData.TRAIN, prepared.fingerprint(), new PackFolder(folder))) {
      PatchSource.Pair first = store.pair(0);
      assertThat(first.target().height()).isEqualTo(3 * first.input().height());
    }
  }

  @Test
  void eachFileThatHasNoPartOfItIsARow() throws IOException {
    pair("set", "good", 64, 64, 1);
    pair("set", "more", 64, 64, 2);
    TestImages.png(folder.resolve("set/hr/lone.png"), 64, 64, 3);
    TestImages.png(folder.resolve("set/lr/stray.png"), 64, 64, 4);
    TestImages.png(folder.resolve("set/hr/two.png"), 64, 64, 5);
    TestImages.png(folder.resolve("set/lr/two_lq.png"), 64, 64, 6);
    TestImages.png(folder.resolve("set/lr/two_blur.png"), 64, 64, 7);
    TestImages.png(folder.resolve("set/hr/size.png"), 64, 64, 8);
    TestImages.png(folder.resolve("set/lr/size.png"), 32, 32, 9);
    TestImages.png(folder.resolve("set/hr/clear.png"), 64, 64, 10);
    write("set/lr/clear.png", BufferedImage.TYPE_INT_ARGB);
    TestImages.png(folder.resolve("set/hr/deep.png"), 64, 64, 11);
    write("set/lr/deep.png", BufferedImage.TYPE_USHORT_GRAY);
    TestImages.png(folder.resolve("set/hr/torn.png"), 64, 64, 12);
    Path torn = Files.writeString(folder.resolve("set/lr/torn.png"), "no image");
    Files.writeString(folder.resolve("set/lr/clip.mov"), "a video");
    RunFolder run = run("out");

    PreparedData prepared = prepare(data(source("set", "hr", "lr"), 32), 1, run);

    assertThat(prepared.images()).isEqualTo(2);
    assertThat(prepared.rejected()).isEqualTo(10);
    String doubt =
        "Cannot pair image: targets [two] and inputs [two_blur, two_lq] may belong together";
    String input = " (its input: file:" + folder + "/set/lr/";
    assertThat(rejected(run))
        .containsExactly(
            "hr/clear.png: Cannot pair images: only the input has an alpha channel"
                + input
                + "clear.png)",
            "hr/deep.png: Cannot pair images: the target has 8 bits a sample, the input 16"
                + input
                + "deep.png)",
            "hr/lone.png: Cannot pair image: no input has its name",
            "hr/size.png: Cannot pair images: at scale 1 the input of a target of 64×64 pixels has"
                + " 64×64, found 32×32",
            "hr/torn.png: Cannot read image: not a PNG, JPEG, BMP, TIFF or WebP image (its input:"
                + " file:"
                + torn
                + ")",
            "hr/two.png: " + doubt,
            "lr/clip.mov: Cannot read image: a video; pairs are made of images",
            "lr/stray.png: Cannot pair image: no target has its name",
            "lr/two_blur.png: " + doubt,
            "lr/two_lq.png: " + doubt);
  }

  @Test
  void twoOfSixteenBitsAreReadAsAnyImage() throws IOException {
    for (String name : List.of("a", "b")) {
      write("set/hr/" + name + ".png", BufferedImage.TYPE_USHORT_GRAY);
      Files.createDirectories(folder.resolve("set/lr"));
      write("set/lr/" + name + ".png", BufferedImage.TYPE_USHORT_GRAY);
    }
    TestImages.png(folder.resolve("set/hr/c.png"), 64, 64, 1);
    TestImages.png(folder.resolve("set/lr/c.png"), 64, 64, 2);
    assertThat(prepare(data(source("set", "hr", "lr"), 32), 1, run("out")).images()).isEqualTo(3);
  }

  @Test
  void theContentOfAnInputIsPartOfTheFingerprint() throws IOException {
    pair("set", "a", 64, 64, 1);
    pair("set", "b", 64, 64, 2);
    DataSpec data = data(source("set", "hr", "lr"), 32);
    String fingerprint = prepare(data, 1, run("out")).fingerprint();
    assertThat(prepare(data, 1, run("again")).fingerprint()).isEqualTo(fingerprint);

    TestImages.png(folder.resolve("set/lr/a.png"), 64, 64, 77);

    assertThat(prepare(data, 1, run("other")).fingerprint()).isNotEqualTo(fingerprint);
    assertThatThrownBy(() -> prepare(data, 1, run("out")))
        .isInstanceOf(GridException.class)
        .hasMessageContaining("images changed");
  }

  @Test
  void aTargetMayHaveSeveralInputsAndIsHeldOutWithAllOfThem() throws IOException {
    for (String name : List.of("a", "b")) {
      TestImages.png(folder.resolve("set/hr/" + name + ".png"), 64, 64, name.charAt(0));
      TestImages.png(folder.resolve("set/one/" + name + ".png"), 64, 64, 10 + name.charAt(0));
      TestImages.png(folder.resolve("set/two/" + name + ".png"), 64, 64, 20 + name.charAt(0));
    }
    DataSpec data =
        new DataSpec(
            List.of(source("set", "hr", "one"), source("set", "hr", "two")),
            List.of(),
            3,
            32,
            32,
            100_000_000);
    RunFolder run = run("out");

    PreparedData prepared = prepare(data, 1, run);

    assertThat(prepared.images()).isEqualTo(4);
    assertThat(prepared.patches()).containsEntry("train", 8L).containsEntry("valid", 8L);
    assertThat(
            Tables.of(spark, run)
                .table(TableName.PATCHES)
                .where("split = 'valid'")
                .select("dataset", "image")
                .distinct()
                .collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder("set", "set-2");
  }

  @Test
  void theSamePairCountsOnceAndItsOwnInputIsTold() throws IOException {
    pair("set", "a", 64, 64, 1);
    pair("set", "b", 64, 64, 2);
    pair("set", "c", 64, 64, 3);
    Files.copy(folder.resolve("set/hr/a.png"), folder.resolve("set/hr/z.png"));
    Files.copy(folder.resolve("set/lr/a.png"), folder.resolve("set/lr/z.png"));
    Path same = folder.resolve("set/hr/same.png");
    Files.copy(folder.resolve("set/hr/c.png"), same);
    Files.copy(same, folder.resolve("set/lr/same.png"));
    RunFolder run = run("out");

    PreparedData prepared = prepare(data(source("set", "hr", "lr"), 32), 1, run);

    assertThat(prepared.images()).isEqualTo(4);
    assertThat(rejected(run))
        .containsExactly(
            "hr/z.png: Cannot use twice: holds what file:" + folder + "/set/hr/a.png holds");
    assertThat(messages)
        .contains(
            "warning: in 1 pairs input and target hold the same, and there is nothing to restore"
                + " (first: file:"
                + same
                + ")");
  }

  @Test
  void eitherSideOfAValidationPairTellsATrainingImage() throws IOException {
    pair("set", "a", 64, 64, 1);
    pair("held", "b", 64, 64, 2);
    Files.copy(folder.resolve("set/lr/a.png"), folder.resolve("held/lr/c.png"));
    TestImages.png(folder.resolve("held/hr/c.png"), 64, 64, 3);
    DataSpec data =
        new DataSpec(
            List.of(source("set", "hr", "lr")),
            List.of(source("held", "hr", "lr")),
            3,
            32,
            32,
            100_000_000);
    assertThatThrownBy(() -> prepare(data, 1, run("out")))
        .hasMessage(
            "Cannot validate on training images: 1 files of data.validate hold what files of"
                + " data.train hold: file:%1$s/held/lr/c.png = file:%1$s/set/lr/a.png",
            folder);
  }

  private void pair(String set, String name, int height, int width, int seed) throws IOException {
    Path input = folder.resolve(set + "/lr/" + name + ".png");
    TestImages.png(folder.resolve(set + "/hr/" + name + ".png"), height, width, seed);
    if (height == 96) {
      TestImages.png(input, height / 3, width / 3, 100 + seed);
    } else {
      TestImages.png(input, height, width, 100 + seed);
    }
  }

  private void write(String name, int type) throws IOException {
    BufferedImage image = new BufferedImage(64, 64, type);
    for (int i = 0; i < 64 * 64; i++) {
      image.setRGB(i % 64, i / 64, 0xff000000 | (i * 37 + name.hashCode()));
    }
    Files.createDirectories(folder.resolve(name).getParent());
    ImageIO.write(image, "png", folder.resolve(name).toFile());
  }

  private ImageSource source(String set, String targets, String inputs) {
    Path place = folder.resolve(set);
    return ImageSource.ofPairs(place.resolve(inputs).toString(), place.resolve(targets).toString());
  }

  private static DataSpec data(ImageSource source, int patch) {
    return new DataSpec(List.of(source), List.of(), 3, patch, patch, 100_000_000);
  }

  private PreparedData prepare(DataSpec data, int scale, RunFolder run) {
    return PrepareJob.run(spark, data, new TaskSpec("pairs", scale), run, messages::add);
  }

  private RunFolder run(String name) {
    return RunFolder.of(folder.resolve(name).toString(), new Configuration());
  }

  private List<String> rejected(RunFolder run) {
    return Tables.of(spark, run).table(TableName.REJECTED_INPUTS).collectAsList().stream()
        .map(row -> row.getString(1).replaceFirst(".*/(hr|lr)/", "$1/") + ": " + row.getString(2))
        .sorted()
        .toList();
  }
}
