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

  /**
   * Returns the images of two folders, or the two files that they are, each target with its input:
   * of the same name, or of names that differ in what the field's data sets call the two.
   *
   * @throws GridException with code INPUT if a folder has no image, or an image no partner or two
   */
  public static List<PairMatching.Pair<Path>> pairs(Path targets, Path inputs) {
    PairMatching<Path> matching =
        PairMatching.of(
            List.copyOf(images(targets).values()),
            List.copyOf(images(inputs).values()),
            ImageFolder::stem,
            PairKeys.byFieldRoles());
    if (!matching.lone().isEmpty()) {
      PairMatching.Lone<Path> lone = matching.lone().get(0);
      throw GridException.of(ErrorCode.INPUT, "%s: %s", lone.reason(), lone.item());
    }
    return matching.pairs();
  }

  /** Returns pairs under the names of their targets; none of them is read yet. */
  static List<NamedImage> pairs(Path targets, Path inputs, ImageReader reader) {
    String dataset = targets.toAbsolutePath().normalize().getFileName().toString();
    return pairs(targets, inputs).stream()
        .map(
            pair ->
                new NamedImage(
                        dataset,
                        pair.target().getFileName().toString(),
                        () -> reader.read(pair.target()))
                    .withInput(() -> reader.readInput(pair.input(), pair.target())))
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
