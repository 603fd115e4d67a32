package org.distillgrid.jobs.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
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
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.ImageReader;
import org.distillgrid.kd.image.Luma;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.task.SuperResolution;
import org.distillgrid.kd.task.Task;
import org.distillgrid.kd.train.patches.PatchSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestPrepareJob {
  private static final TaskSpec TASK = new TaskSpec("sr", 2);
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
  void cutsAlignedPatchesOfTheWholeDegradedImage() throws IOException {
    Path images = folder.resolve("photos");
    TestImages.png(images.resolve("a.png"), 71, 101, 1);
    TestImages.png(images.resolve("below/b.png"), 64, 64, 2);
    RunFolder run = run("out");
    PreparedData prepared = prepare(data(images), run);

    List<Row> rows = patches(run);
    assertThat(rows.stream().map(row -> row.getString(row.fieldIndex("patch_id"))))
        .containsExactlyInAnyOrder(
            "photos/a.png@r0c0",
            "photos/a.png@r0c32",
            "photos/a.png@r0c64",
            "photos/a.png@r32c0",
            "photos/a.png@r32c32",
            "photos/a.png@r32c64",
            "photos/below/b.png@r0c0",
            "photos/below/b.png@r0c32",
            "photos/below/b.png@r32c0",
            "photos/below/b.png@r32c32");
    assertThat(prepared.totalPatches()).isEqualTo(10);
    assertThat(prepared.images()).isEqualTo(2);

    Task task = new SuperResolution(2);
    PlanarImage target = task.align(ImageReader.bounded(10_000).read(images.resolve("a.png")));
    PlanarImage input = task.degrade(target);
    Row row =
        rows.stream()
            .filter(one -> one.getAs("patch_id").equals("photos/a.png@r32c64"))
            .findFirst()
            .orElseThrow();
    assertThat((byte[]) row.getAs("hr")).isEqualTo(target.crop(32, 64, 32, 32).samples());
    assertThat((byte[]) row.getAs("lr")).isEqualTo(input.crop(16, 32, 16, 16).samples());
    assertThat((int) row.getAs("lr_height")).isEqualTo(16);
    assertThat((String) row.getAs("dataset")).isEqualTo("photos");
  }

  @Test
  void tellsOfOrientationsThatItIgnores() throws IOException {
    Path images = folder.resolve("phone");
    TestImages.png(images.resolve("upright.png"), 64, 64, 1);
    Path turned = TestImages.png(images.resolve("_turned.png"), 64, 32, 2);
    Files.write(turned, withOrientation(Files.readAllBytes(turned), 6));

    assertThat(prepare(data(images), run("out")).totalPatches()).isEqualTo(6);

    assertThat(messages)
        .hasSize(2)
        .first()
        .asString()
        .startsWith(
            "1 images state an EXIF orientation, which is ignored: rows are those of the file")
        .endsWith("_turned.png)");
  }

  @Test
  void rejectsWhatIsNoImageAndGoesOn() throws IOException {
    Path images = folder.resolve("mixed");
    Path good = TestImages.png(images.resolve("good.png"), 64, 64, 1);
    TestImages.png(images.resolve("other.PNG"), 64, 64, 2);
    byte[] whole = Files.readAllBytes(good);
    Files.write(images.resolve("empty.png"), new byte[0]);
    Files.write(images.resolve("cut.png"), Arrays.copyOf(whole, whole.length / 2));
    Files.writeString(images.resolve("garbage.jpg"), "this is no image");
    Files.createDirectories(images.resolve("x.png"));
    Path bomb = TestImages.claimingPng(images.resolve("bomb.png"), 100_000, 100_000);
    TestImages.png(images.resolve("tiny.png"), 20, 40, 3);
    Files.writeString(images.resolve("readme.txt"), "not looked at");
    assertThat(Files.size(bomb)).isLessThan(70);

    RunFolder run = run("out");
    PreparedData prepared = prepare(data(images), run);

    assertThat(prepared.images()).isEqualTo(2);
    assertThat(prepared.rejected()).isEqualTo(6);
    List<String> reasons = rejected(run);
    assertThat(reasons).hasSize(6);
    assertThat(reasons.get(0))
        .startsWith("bomb.png: Cannot read image: ")
        .contains("100000×100000 pixels exceed the bound of 100000000");
    assertThat(reasons.get(1)).startsWith("cut.png: Cannot read image: ").endsWith("truncated PNG");
    assertThat(reasons.get(2)).isEqualTo("empty.png: Cannot read image: empty file");
    assertThat(reasons.get(3)).startsWith("garbage.jpg: Cannot read image: not a PNG");
    assertThat(reasons.get(4))
        .isEqualTo("tiny.png: Cannot cut image: 40×20 pixels are smaller than a patch of 32");
    assertThat(reasons.get(5)).isEqualTo("x.png: Cannot read image: is a folder");
    assertThat(messages)
        .containsExactly("Prepared 8 patches (train 4, valid 4) of 2 images; 6 files rejected");
  }

  @Test
  void refusesWhenNothingIsLeftAndLeavesNothing() throws IOException {
    Path images = folder.resolve("broken");
    Files.createDirectories(images);
    Files.write(images.resolve("a.png"), new byte[0]);
    Files.writeString(images.resolve("b.png"), "garbage");
    RunFolder run = run("out");
    assertThatThrownBy(() -> prepare(data(images), run))
        .isInstanceOf(GridException.class)
        .hasMessageStartingWith("Cannot prepare patches: 2 files rejected")
        .hasMessageContaining("a.png: Cannot read image: empty file");
    assertThat(PreparedData.read(run)).isEmpty();
    assertThat(local(run.data())).isEmptyDirectory();
  }

  @Test
  void holdsOutOneImageInTwentyByChecksum() throws IOException {
    Path images = folder.resolve("many");
    for (int i = 0; i < 40; i++) {
      TestImages.png(images.resolve("i" + i + ".png"), 32, 32, i);
    }
    RunFolder run = run("out");
    PreparedData prepared = prepare(data(images), run);
    assertThat(prepared.patches()).containsEntry("train", 38L).containsEntry("valid", 2L);
    List<String> checksums = new ArrayList<>();
    List<String> valid = new ArrayList<>();
    for (Row row : patches(run)) {
      checksums.add(row.getAs("source_checksum"));
      if (row.getAs("split").equals("valid")) {
        valid.add(row.getAs("source_checksum"));
      }
    }
    assertThat(valid)
        .containsExactlyInAnyOrderElementsOf(checksums.stream().sorted().limit(2).toList());
  }

  @Test
  void givesTheSameTableOnAnyNumberOfCores() throws IOException {
    Path images = folder.resolve("set");
    for (int i = 0; i < 20; i++) {
      TestImages.png(images.resolve("i" + i + ".png"), 50 + i, 64, i);
    }
    Files.writeString(images.resolve("garbage.png"), "garbage");
    RunFolder two = run("two");
    PreparedData first = prepare(data(images), two);
    spark.stop();
    spark = LocalSpark.open(1);
    RunFolder one = run("one");
    PreparedData second = prepare(data(images), one);
    spark.stop();
    spark = LocalSpark.open(2);
    assertThat(second).isEqualTo(first);
    assertThat(patchTexts(one)).isEqualTo(patchTexts(two));
  }

  @Test
  void reusesTheSameImagesAndRefusesOthers() throws IOException {
    Path images = folder.resolve("set");
    TestImages.png(images.resolve("a.png"), 64, 64, 1);
    TestImages.png(images.resolve("b.png"), 64, 64, 2);
    RunFolder run = run("out");
    PreparedData first = prepare(data(images), run);
    assertThat(prepare(data(images), run)).isEqualTo(first);
    assertThat(messages.get(1))
        .isEqualTo("Already prepared 8 patches (train 4, valid 4) of 2 images; 0 files rejected");

    DataSpec coarser =
        new DataSpec(List.of(ImageSource.at(images.toString())), List.of(), 3, 32, 64, 100_000_000);
    assertThatThrownBy(() -> prepare(coarser, run))
        .isInstanceOf(GridException.class)
        .hasMessage(
            "Cannot reuse %s: data.stride: 32 → 64 (name another output.path, or delete the folder)",
            run.data());
    TestImages.png(images.resolve("b.png"), 64, 64, 3);
    assertThatThrownBy(() -> prepare(data(images), run))
        .isInstanceOf(GridException.class)
        .hasMessageContaining(": images changed (");
  }

  @Test
  void replacesWhatAKilledDriverLeft() throws IOException {
    Path images = folder.resolve("set");
    TestImages.png(images.resolve("a.png"), 64, 64, 1);
    TestImages.png(images.resolve("b.png"), 64, 64, 2);
    RunFolder run = run("out");
    Path half = local(run.patches()).resolve("dataset=old/split=train/part-0.parquet");
    Files.createDirectories(half.getParent());
    Files.writeString(half, "half a file");
    Path staging = local(run.data()).resolve("_writing-old/patches/part-0.parquet");
    Files.createDirectories(staging.getParent());
    Files.writeString(staging, "half a file");
    assertThat(Tables.of(spark, run).views()).isEmpty();

    prepare(data(images), run);
    assertThat(patches(run)).hasSize(8);
    try (Stream<Path> left = Files.list(local(run.data()))) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("patches", "rejected_inputs", "_prepared.json");
    }
  }

  @Test
  void saysInOneLineThatItCannotWrite() throws IOException {
    Path images = folder.resolve("set");
    TestImages.png(images.resolve("a.png"), 64, 64, 1);
    TestImages.png(images.resolve("b.png"), 64, 64, 2);
    Path file = Files.writeString(folder.resolve("file"), "not a folder");
    RunFolder run = RunFolder.of(file.resolve("out").toString(), new Configuration());
    assertThatThrownBy(() -> prepare(data(images), run))
        .isInstanceOfSatisfying(
            GridException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OUTPUT))
        .hasMessageStartingWith("Cannot write file:")
        .hasMessageNotContaining("\n");
  }

  @Test
  void refusesAFolderThatIsMissingOrEmpty() throws IOException {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> prepare(data(missing), run("out")))
        .isInstanceOf(GridException.class)
        .hasMessage("Cannot read data.train: no such file or folder: %s", missing);
    Path empty = Files.createDirectories(folder.resolve("empty"));
    assertThatThrownBy(() -> prepare(data(empty), run("out")))
        .isInstanceOf(GridException.class)
        .hasMessageStartingWith("Cannot read data.train: no new image in " + empty);
  }

  @Test
  void keepsValidationImagesApart() throws IOException {
    Path train = folder.resolve("a/set");
    Path valid = folder.resolve("b/set");
    TestImages.png(train.resolve("a.png"), 64, 64, 1);
    TestImages.png(valid.resolve("a.png"), 32, 32, 2);
    RunFolder run = run("out");
    DataSpec data =
        new DataSpec(
            List.of(ImageSource.at(train.toString())),
            List.of(ImageSource.at(valid + "/*.png")),
            3,
            32,
            32,
            100_000_000);
    PreparedData prepared = prepare(data, run);
    assertThat(prepared.patches()).containsEntry("train", 4L).containsEntry("valid", 1L);
    assertThat(patches(run).stream().map(row -> row.getAs("dataset") + "/" + row.getAs("split")))
        .containsOnly("set/train", "set-2/valid");

    DataSpec both =
        new DataSpec(
            List.of(ImageSource.at(train.toString())),
            List.of(ImageSource.at(train.toString())),
            3,
            32,
            32,
            100_000_000);
    assertThatThrownBy(() -> prepare(both, run("other")))
        .isInstanceOf(GridException.class)
        .hasMessageStartingWith("Cannot validate on training images: ");
  }

  @Test
  void givesTrainingItsPatchesWithoutSpark() throws IOException {
    Path images = folder.resolve("set");
    TestImages.png(images.resolve("a.png"), 64, 96, 1);
    TestImages.png(images.resolve("b.png"), 64, 96, 2);
    TestImages.png(images.resolve("c.png"), 64, 96, 3);
    RunFolder run = run("out");
    PreparedData prepared = prepare(data(images), run);
    List<Row> sorted =
        patches(run).stream()
            .filter(row -> row.getAs("split").equals("train"))
            .sorted((a, b) -> a.<String>getAs("patch_id").compareTo(b.getAs("patch_id")))
            .toList();
    List<String> names = sorted.stream().map(row -> row.<String>getAs("image")).distinct().toList();
    PackFolder packs = new PackFolder(folder.resolve("packs"));
    try (PatchStore store = PatchStore.open(run, "train", prepared.fingerprint(), packs)) {
      assertThat(names).hasSize(2);
      assertThat(store.size()).isEqualTo(12).isEqualTo(sorted.size());
      for (int i = 0; i < store.size(); i++) {
        PatchSource.Pair pair = store.pair(i);
        assertThat(pair.target().samples()).isEqualTo(sorted.get(i).<byte[]>getAs("hr"));
        assertThat(pair.input().samples()).isEqualTo(sorted.get(i).<byte[]>getAs("lr"));
        assertThat(pair.input().height()).isEqualTo(16);
        int image = names.indexOf(sorted.get(i).<String>getAs("image"));
        assertThat(store.image(i)).isEqualTo(image);
      }
      assertThatThrownBy(() -> store.pair(12)).isInstanceOf(IndexOutOfBoundsException.class);
    }
    assertThatThrownBy(() -> PatchStore.open(run, "train", "0123", packs))
        .isInstanceOf(GridException.class)
        .hasMessageContaining(": fingerprint differs (0123 → " + prepared.fingerprint() + ")");
  }

  @Test
  void namesAFileOfTheTableThatHasChanged() throws IOException {
    Path images = folder.resolve("set");
    TestImages.png(images.resolve("a.png"), 64, 96, 1);
    TestImages.png(images.resolve("b.png"), 64, 96, 2);
    RunFolder run = run("out");
    PreparedData prepared = prepare(data(images), run);
    Path split = local(run.patches()).resolve("dataset=set/split=train");
    Path file;
    try (Stream<Path> files = Files.list(split)) {
      file = files.filter(path -> path.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
    // Without Hadoop's own checksums, which object stores do not have.
    Files.delete(split.resolve("." + file.getFileName() + ".crc"));
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);

    PackFolder packs = new PackFolder(folder.resolve("packs"));
    assertThatThrownBy(() -> PatchStore.open(run, "train", prepared.fingerprint(), packs))
        .isInstanceOfSatisfying(
            GridException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INPUT))
        .hasMessageStartingWith("Cannot use file:" + file + ": ")
        .hasMessageContaining("CRC")
        .hasMessageNotContaining("\n");
  }

  @Test
  void takesTheLumaOfColourImagesForNetworksOfOneChannel() throws IOException {
    Path images = folder.resolve("set");
    TestImages.png(images.resolve("a.png"), 32, 32, 1);
    TestImages.png(images.resolve("b.png"), 32, 32, 2);
    DataSpec data =
        new DataSpec(List.of(ImageSource.at(images.toString())), List.of(), 1, 32, 32, 100_000_000);
    RunFolder run = run("out");
    prepare(data, run);

    assertThat(patches(run)).hasSize(2);
    for (Row row : patches(run)) {
      Path source = images.resolve(row.<String>getAs("image"));
      PlanarImage luma = Luma.rounded(ImageReader.bounded(10_000).read(source));
      assertThat((byte[]) row.getAs("hr")).isEqualTo(luma.samples());
      byte[] input = new SuperResolution(2).degrade(luma).samples();
      assertThat((byte[]) row.getAs("lr")).isEqualTo(input);
    }
  }

  @Test
  void followsLinksOnceAndListsThoseThatLeadNowhere() throws IOException {
    Path images = folder.resolve("loop");
    TestImages.png(images.resolve("same.png"), 32, 32, 1);
    TestImages.png(images.resolve("in/odd.png"), 32, 32, 2);
    Files.createSymbolicLink(images.resolve("in/up"), Path.of(".."));
    Files.createSymbolicLink(images.resolve("again.png"), Path.of("in/odd.png"));
    Files.createSymbolicLink(images.resolve("dangling.png"), Path.of("nowhere.png"));
    RunFolder run = run("out");

    assertThat(prepare(data(images), run).images()).isEqualTo(2);

    assertThat(messages)
        .containsExactly("Prepared 2 patches (train 1, valid 1) of 2 images; 1 files rejected");
    assertThat(rejected(run))
        .containsExactly(
            "dangling.png: Cannot read image: a link to nowhere.png, which is not there");
    assertThat(prepare(data(images), run).images()).isEqualTo(2);
    Files.delete(images.resolve("dangling.png"));
    assertThat(prepare(data(images), run).images()).isEqualTo(2);
  }

  @Test
  void usesTheSameContentOnce() throws IOException {
    Path images = folder.resolve("set");
    Path first = TestImages.png(images.resolve("a.png"), 32, 32, 1);
    Files.copy(first, images.resolve("b copy.png"));
    TestImages.png(images.resolve("c.png"), 32, 32, 2);
    RunFolder run = run("out");

    assertThat(prepare(data(images), run).images()).isEqualTo(2);

    assertThat(rejected(run))
        .containsExactly("b copy.png: Cannot use twice: holds what file:" + first + " holds");
  }

  @Test
  void refusesTrainingContentInValidationByBothNames() throws IOException {
    Path train = TestImages.png(folder.resolve("train/a.png"), 32, 32, 1);
    Path valid = folder.resolve("valid/z.png");
    Files.createDirectories(valid.getParent());
    Files.copy(train, valid);
    TestImages.png(folder.resolve("valid/other.png"), 32, 32, 2);
    DataSpec data =
        new DataSpec(
            List.of(ImageSource.at(train.getParent().toString())),
            List.of(ImageSource.at(valid.getParent().toString())),
            3,
            32,
            32,
            100_000_000);

    assertThatThrownBy(() -> prepare(data, run("out")))
        .isInstanceOf(GridException.class)
        .hasMessage(
            "Cannot validate on training images: 1 files of data.validate hold what files of"
                + " data.train hold: file:%s = file:%s",
            valid, train);
    assertThat(PreparedData.read(run("out"))).isEmpty();
  }

  private List<String> rejected(RunFolder run) {
    return Tables.of(spark, run).table(TableName.REJECTED_INPUTS).collectAsList().stream()
        .map(
            row ->
                new org.apache.hadoop.fs.Path(row.getString(1)).getName() + ": " + row.getString(2))
        .sorted()
        .toList();
  }

  private static byte[] withOrientation(byte[] png, int orientation) {
    byte[] chunk =
        ByteBuffer.allocate(30)
            .put("eXIf".getBytes(StandardCharsets.US_ASCII))
            .putInt(0x4d4d002a)
            .putInt(8)
            .putShort((short) 1)
            .putShort((short) 274)
            .putShort((short) 3)
            .putInt(1)
            .putShort((short) orientation)
            .array();
    CRC32 checksum = new CRC32();
    checksum.update(chunk);
    int behindHeader = 33;
    return ByteBuffer.allocate(png.length + chunk.length + 8)
        .put(png, 0, behindHeader)
        .putInt(chunk.length - 4)
        .put(chunk)
        .putInt((int) checksum.getValue())
        .put(png, behindHeader, png.length - behindHeader)
        .array();
  }

  private PreparedData prepare(DataSpec data, RunFolder run) {
    return PrepareJob.run(spark, data, TASK, run, messages::add);
  }

  private static DataSpec data(Path images) {
    return new DataSpec(
        List.of(ImageSource.at(images.toString())), List.of(), 3, 32, 32, 100_000_000);
  }

  private RunFolder run(String name) {
    return RunFolder.of(folder.resolve(name).toString(), new Configuration());
  }

  private static List<Row> patches(RunFolder run) {
    return Tables.of(spark, run).table(TableName.PATCHES).collectAsList();
  }

  private static List<String> patchTexts(RunFolder run) {
    return Tables.of(spark, run)
        .table(TableName.PATCHES)
        .selectExpr("to_json(struct(*))")
        .collectAsList()
        .stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  private static Path local(org.apache.hadoop.fs.Path path) {
    return Path.of(path.toUri());
  }
}
