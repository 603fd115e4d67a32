package org.distillgrid.kd.eval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.ImageReader;

/** The images that lie directly in a folder of this machine, as a test set. */
public final class ImageFolder {
  private static final Set<String> SUFFIXES =
      Set.of("bmp", "jpeg", "jpg", "png", "tif", "tiff", "webp");

  private ImageFolder() {}

  /**
   * Returns the images in the order of their names; none of them is read yet. Files with other
   * suffixes and hidden files are passed over.
   *
   * @throws GridException if there is no such folder or no image in it
   */
  public static List<NamedImage> images(Path folder, ImageReader reader) {
    if (!Files.isDirectory(folder)) {
      throw GridException.of(ErrorCode.INPUT, "Cannot list images: there is no folder %s", folder);
    }
    String dataset = folder.toAbsolutePath().normalize().getFileName().toString();
    try (Stream<Path> files = Files.list(folder)) {
      List<NamedImage> images =
          files
              .filter(ImageFolder::isImage)
              .sorted()
              .map(file -> new NamedImage(dataset, name(file), () -> reader.read(file)))
              .toList();
      if (images.isEmpty()) {
        throw GridException.of(ErrorCode.INPUT, "Cannot list images: there is none in %s", folder);
      }
      return images;
    } catch (IOException e) {
      throw GridException.of(
          e, ErrorCode.INPUT, "Cannot list images of %s: %s", folder, e.getMessage());
    }
  }

  private static boolean isImage(Path file) {
    String name = name(file).toLowerCase(Locale.ROOT);
    int dot = name.lastIndexOf('.');
    return dot > 0 && !name.startsWith(".") && SUFFIXES.contains(name.substring(dot + 1));
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }
}
