package org.distillgrid.jobs.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.train.patches.PatchSource;
import org.distillgrid.kd.train.recipe.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestPatchPack {
  private static final PackLayout LAYOUT = new PackLayout(7, 3, 5, 4, 10, 8);
  private static final int IN_PAIR_3 = PackLayout.HEADER + 3 * 300 + 130;

  @TempDir Path root;

  private static PlanarImage image(int seed, int height, int width) {
    byte[] samples = new byte[3 * height * width];
    new Random(seed).nextBytes(samples);
    return new PlanarImage(3, height, width, samples);
  }

  private static PlanarImage input(int number) {
    return image(number, 5, 4);
  }

  private static PlanarImage target(int number) {
    return image(100 + number, 10, 8);
  }

  private static void write(Path file) throws IOException {
    PackWriter.write(
        file,
        LAYOUT,
        sink -> {
          for (int number = 6; number >= 0; number--) {
            sink.accept(number, number / 3, input(number).samples(), target(number).samples());
          }
        });
  }

  private Path file() {
    Path file = new PackFolder(root).file("set", PackIndex::isWhole, TestPatchPack::write);
    assertThat(file).isEqualTo(root.resolve("set.pack")).hasSize(64 + 7 * (300 + 8));
    return file;
  }

  private static void isWhole(PatchPack pack) {
    for (int number = 0; number < 7; number++) {
      PatchSource.Pair pair = pack.read(number, LAYOUT.whole());
      assertThat(pair.input().samples()).isEqualTo(input(number).samples());
      assertThat(pair.target().samples()).isEqualTo(target(number).samples());
      assertThat(pair.target().height()).isEqualTo(10);
      assertThat(pack.image(number)).isEqualTo(number / 3);
    }
  }

  @Test
  void readsWhatWasWrittenInHoweverManyPieces() {
    Path file = file();
    for (long pieceBytes : new long[] {1, 300, 650, 2099, 1 << 20}) {
      try (PatchPack pack = PatchPack.map(file, pieceBytes)) {
        isWhole(pack);
        assertThatThrownBy(() -> pack.read(7, LAYOUT.whole()))
            .isInstanceOf(IndexOutOfBoundsException.class);
      }
    }
  }

  @Test
  void copiesWhatAWindowShows() {
    try (PatchPack pack = PatchPack.map(file(), 700)) {
      for (Window window :
          new Window[] {new Window(1, 2, 3, 2), new Window(4, 0, 1, 4), new Window(0, 0, 5, 1)}) {
        PatchSource.Pair pair = pack.read(4, window);
        assertThat(pair.input().samples())
            .isEqualTo(
                input(4)
                    .crop(window.row(), window.column(), window.height(), window.width())
                    .samples());
        assertThat(pair.target().samples())
            .isEqualTo(
                target(4)
                    .crop(
                        2 * window.row(),
                        2 * window.column(),
                        2 * window.height(),
                        2 * window.width())
                    .samples());
      }
      assertThatThrownBy(() -> pack.read(4, new Window(3, 0, 3, 4)))
          .as("the next channel is no part of this one")
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void findsAChangedPatchByItsChecksumWhenItIsRead() throws IOException {
    Path file = file();
    byte[] bytes = Files.readAllBytes(file);
    bytes[IN_PAIR_3] ^= 1;
    Files.write(file, bytes);

    try (PatchPack pack = PatchPack.map(file())) {
      pack.read(2, LAYOUT.whole());
      assertThatThrownBy(() -> pack.read(3, new Window(0, 0, 1, 1)))
          .as("another part of the patch has changed")
          .isInstanceOfSatisfying(
              GridException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INPUT))
          .hasMessage(
              "Cannot use patches %s: damaged, the checksum of patch 3 differs (deleted, the next"
                  + " run makes it anew)",
              file);
    }
    assertThat(file).doesNotExist();
    try (PatchPack pack = PatchPack.map(file())) {
      isWhole(pack);
    }
  }

  @Test
  void isMadeAnewWhereItIsCutShortOrItsEndsAreDamaged() throws IOException {
    byte[] whole = Files.readAllBytes(file());
    byte[] header = whole.clone();
    header[9] ^= 1;
    byte[] index = whole.clone();
    index[whole.length - 2] ^= 1;
    byte[] longer = Arrays.copyOf(whole, whole.length + 1);
    byte[] older = whole.clone();
    older[7] = '1';
    for (byte[] wrong :
        new byte[][] {
          new byte[0],
          Arrays.copyOf(whole, 40),
          Arrays.copyOf(whole, 900),
          header,
          index,
          longer,
          older
        }) {
      Path file = Files.write(root.resolve("set.pack"), wrong);
      assertThatThrownBy(() -> PatchPack.map(file))
          .isInstanceOf(GridException.class)
          .hasMessage("Cannot use patches %s: cut short, damaged or of another version", file);
      assertThat(file()).hasBinaryContent(whole);
    }
  }

  @Test
  void cannotBeReadWhenItIsClosed() {
    PatchPack pack = PatchPack.map(file());
    pack.close();
    assertThatThrownBy(() -> pack.read(0, LAYOUT.whole()))
        .isInstanceOf(IllegalStateException.class);
  }
}
