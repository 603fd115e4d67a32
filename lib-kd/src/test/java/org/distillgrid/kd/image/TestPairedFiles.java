package org.distillgrid.kd.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.format.UnreadableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestPairedFiles {
  private static final String PLAIN = "srgb.png";

  @TempDir private Path folder;

  @Test
  void knowsTheKindOfEveryGoldenFile() throws UnreadableException {
    Set<String> withAlpha = new TreeSet<>();
    Set<String> deep = new TreeSet<>();
    for (String name : GoldenImages.names()) {
      if (ImageReader.open(GoldenImages.bytes(name)).hasAlpha()) {
        withAlpha.add(name);
      }
      if (ImageReader.open(GoldenImages.bytes(name)).bits() > Byte.SIZE) {
        deep.add(name);
      }
    }
    assertThat(withAlpha)
        .containsExactly(
            "alpha.png", "alpha.tif", "grey-alpha.png", "lossless-alpha.webp", "lossy-alpha.webp");
    assertThat(deep)
        .containsExactly("grey16.png", "grey16.tif", "interlaced16.png", "rgb16.png", "rgb16.tif");
  }

  @Test
  void refusesAnAlphaChannelInOneOfTheTwo() {
    for (String alpha : List.of("alpha.png", "alpha.tif", "lossy-alpha.webp")) {
      assertThatThrownBy(() -> requireAlike(PLAIN, alpha))
          .isInstanceOf(GridException.class)
          .hasMessage("Cannot pair images: only the input has an alpha channel");
      assertThatThrownBy(() -> requireAlike(alpha, PLAIN))
          .hasMessage("Cannot pair images: only the target has an alpha channel");
      requireAlike(alpha, "grey-alpha.png");
    }
  }

  @Test
  void refusesSixteenBitsBesideEight() {
    assertThatThrownBy(() -> requireAlike("rgb16.png", PLAIN))
        .hasMessage("Cannot pair images: the target has 16 bits a sample, the input 8");
    assertThatThrownBy(() -> requireAlike("grey1.png", "rgb16.tif"))
        .hasMessage("Cannot pair images: the target has 1 bits a sample, the input 16");
    requireAlike("rgb16.png", "grey16.tif");
    requireAlike("grey1.png", "444.jpg");
  }

  @Test
  void namesTheInputThatIsNotAlike() throws IOException {
    Path target = Files.write(folder.resolve("t.png"), GoldenImages.bytes(PLAIN));
    Path alpha = Files.write(folder.resolve("i.png"), GoldenImages.bytes("alpha.png"));
    ImageReader reader = ImageReader.bounded(1_000_000);
    assertThat(reader.readInput(target, target).samples()).isEqualTo(reader.read(target).samples());
    assertThatThrownBy(() -> reader.readInput(alpha, target))
        .hasMessage("Cannot pair images: only the input has an alpha channel: " + alpha);
    assertThatThrownBy(() -> reader.readInput(Files.writeString(folder.resolve("x"), "x"), target))
        .hasMessageContaining("not a PNG, JPEG, BMP, TIFF or WebP image");
  }

  private static void requireAlike(String target, String input) {
    PairedFiles.requireAlike(GoldenImages.bytes(target), GoldenImages.bytes(input));
  }
}
