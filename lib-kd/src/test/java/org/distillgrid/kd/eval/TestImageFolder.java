package org.distillgrid.kd.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.ImageReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestImageFolder {
  private static final ImageReader READER = ImageReader.bounded(1000);

  @TempDir private Path folder;

  @Test
  void listsImagesByNameAndReadsThemLater() throws IOException {
    Path set = Files.createDirectory(folder.resolve("set"));
    for (String name :
        List.of("b.PNG", "a.jpg", "c.jfif", "_d.png", ".hidden.png", "readme.txt", "png")) {
      Files.writeString(set.resolve(name), "no image");
    }
    List<NamedImage> images = ImageFolder.images(set, READER);
    assertThat(images)
        .extracting(NamedImage::name)
        .containsExactly("_d.png", "a.jpg", "b.PNG", "c.jfif");
    assertThat(images).extracting(NamedImage::dataset).containsOnly("set");
    assertThatThrownBy(() -> images.get(1).image().get())
        .isInstanceOf(GridException.class)
        .hasMessageStartingWith("Cannot read image " + set.resolve("a.jpg"));
  }

  @Test
  void refusesAFolderWithoutImages() {
    assertThatThrownBy(() -> ImageFolder.images(folder, READER))
        .isInstanceOf(GridException.class)
        .hasMessage(
            "Cannot find an image (png, jpg, jpeg, jpe, jfif, bmp, dib, tif, tiff, webp) in "
                + folder);
  }
}
