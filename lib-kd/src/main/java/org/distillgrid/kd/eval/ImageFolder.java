package org.distillgrid.kd.eval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.ImageNames;
import org.distillgrid.kd.image.ImageReader;

/**
 * The images directly inside a folder, known by the ends of their names and kept by their stems.
 */
public final class ImageFolder {
  private ImageFolder() {}

  /**
   * Returns the images of a folder, or the one file that {@code place} is, by stem in alphabetical
   * order.
   *
   * @throws GridException with code INPUT if there is none, or two share a stem
   */
  public static Map<String, Path> images(Path place) {
    Map<String, Path> byStem = new TreeMap<>();
    for (Path file : files(place)) {
      Path earlier = byStem.put(stem(file), file);
      if (earlier != null) {
        throw GridException.of(
            ErrorCode.INPUT,
            "Cannot tell two images of %s apart by name: %s and %s",
            place,
            earlier.getFileName(),
            file.getFileName());
      }
    }
    if (byStem.isEmpty()) {
      throw GridException.of(
          ErrorCode.INPUT,
          "Cannot find an image (%s) in %s",
          String.join(", ", ImageNames.suffixes()),
          place);
    }
    return byStem;
  }

  /** Returns the images of a folder under their file names; none of them is read yet. */
  public static List<NamedImage> images(Path folder, ImageReader reader) {
    String dataset = folder.toAbsolutePath().normalize().getFileName().toString();
    return images(folder).values().stream()
        .map(
            file -> new NamedImage(dataset, file.getFileName().toString(), () -> reader.read(file)))
        .toList();
  }

  /** Returns a file's name without its ending. */
  public static String stem(Path file) {
    return ImageNames.stem(file.getFileName().toString());
  }

  private static List<Path> files(Path place) {
    if (Files.isRegularFile(place)) {
      return List.of(place);
    }
    if (!Files.isDirectory(place)) {
      throw GridException.of(ErrorCode.INPUT, "Cannot find image or folder %s", place);
    }
    try (Stream<Path> files = Files.list(place)) {
      return files
          .filter(file -> ImageNames.isImage(file.getFileName().toString()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw GridException.of(e, ErrorCode.INPUT, "Cannot list folder %s: %s", place, e);
    }
  }
}
