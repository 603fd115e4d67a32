package org.distillgrid.kd.eval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.ImageReader;
import org.distillgrid.kd.image.ImageWriter;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.image.UnitRange;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.task.Task;

/** Makes the inputs of a task from a folder of ground truth. */
public final class FolderDegradation {
  private final Task task;
  private final ImageReader reader;

  /** Degrades what {@code reader} reads as {@code task} says. */
  public FolderDegradation(Task task, ImageReader reader) {
    this.task = task;
    this.reader = reader;
  }

  /** What to do about files that are already where the results belong. */
  public enum Existing {
    /** Nothing is written when one of them exists. */
    REFUSE,
    /** They are replaced. */
    REPLACE
  }

  /**
   * What came of a folder.
   *
   * @param written the files written, in the order of their names
   * @param rounded those of them that differ from what a network would see, as 8 bits hold no
   *     fractions and nothing beyond black and white
   * @param rejected one line for each image that could not be used
   */
  public record Outcome(List<Path> written, List<Path> rounded, List<String> rejected) {}

  /**
   * Writes {@code <stem>.png} into {@code target} for each image of {@code source}, a file or a
   * folder. Images that cannot be read are reported and left out. What a task adds anew every time
   * is what it adds to the image of that name in an evaluation.
   *
   * @throws GridException if no image is left, or a result cannot be written
   */
  public Outcome run(Path source, Path target, Existing existing) {
    Map<String, Path> images = ImageFolder.images(source);
    requireNoSourceReplaced(images, target);
    if (existing == Existing.REFUSE) {
      requireNew(images, target);
    }
    create(target);
    Outcome outcome = new Outcome(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    images.forEach((stem, file) -> degrade(file, result(target, stem), outcome));
    if (outcome.written().isEmpty()) {
      throw GridException.of(
          ErrorCode.INPUT,
          "Cannot degrade %s: none of %d images is usable (%s)",
          source,
          images.size(),
          outcome.rejected().get(0));
    }
    return outcome;
  }

  private void degrade(Path file, Path result, Outcome outcome) {
    PlanarImage read;
    PlanarImage stored;
    try {
      read = reader.read(file);
    } catch (GridException e) {
      outcome.rejected().add(rejection(e, e.getMessage()));
      return;
    }
    try {
      stored = task.degrade(task.align(read));
    } catch (GridException e) {
      outcome.rejected().add(rejection(e, file + ": " + e.getMessage()));
      return;
    }
    Draws noise = Evaluator.noise(file.getFileName().toString());
    float[] input = task.input(stored, noise.at(0, "input"));
    PlanarImage written =
        UnitRange.image(input, stored.channels(), stored.height(), stored.width());
    ImageWriter.write(written, result);
    outcome.written().add(result);
    if (!Arrays.equals(UnitRange.of(written), input)) {
      outcome.rounded().add(result);
    }
  }

  private static String rejection(GridException e, String line) {
    if (e.code() != ErrorCode.INPUT) {
      throw e;
    }
    return line;
  }

  private static Path result(Path target, String stem) {
    return target.resolve(stem + ".png");
  }

  private static void requireNew(Map<String, Path> images, Path target) {
    for (String stem : images.keySet()) {
      if (Files.exists(result(target, stem))) {
        throw GridException.of(
            ErrorCode.OUTPUT, "Cannot write over existing file %s", result(target, stem));
      }
    }
  }

  private static void requireNoSourceReplaced(Map<String, Path> images, Path target) {
    images.forEach(
        (stem, file) -> {
          Path result = result(target, stem).toAbsolutePath().normalize();
          if (result.equals(file.toAbsolutePath().normalize())) {
            throw GridException.of(
                ErrorCode.OUTPUT, "Cannot write a result over its own source %s", file);
          }
        });
  }

  private static void create(Path target) {
    try {
      Files.createDirectories(target);
    } catch (IOException e) {
      throw GridException.of(e, ErrorCode.OUTPUT, "Cannot create folder %s: %s", target, e);
    }
  }
}
