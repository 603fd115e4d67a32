package org.distillgrid.kd.eval;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.ImageReader;
import org.distillgrid.kd.task.Comparison;
import org.distillgrid.kd.task.Judgement;
import org.distillgrid.kd.task.Score;

/** Compares two folders of images, paired by the stems of their names. */
public final class FolderMetrics {
  private static final int NAMED = 5;

  private final Comparison comparison;
  private final ImageReader reader;

  /** Compares what {@code reader} reads as {@code judgement} says. */
  public FolderMetrics(Judgement judgement, ImageReader reader) {
    this.comparison = Comparison.by(judgement);
    this.reader = reader;
  }

  /**
   * Returns the score of each pair in the order of the names.
   *
   * @throws GridException with code INPUT if an image has no partner, cannot be read or differs
   *     from its partner in shape
   */
  public List<ImageScore> compare(Path reference, Path restored) {
    Map<String, Path> expected = ImageFolder.images(reference);
    Map<String, Path> actual = ImageFolder.images(restored);
    requirePartners(expected.keySet(), actual.keySet(), restored);
    requirePartners(actual.keySet(), expected.keySet(), reference);
    String dataset = reference.toAbsolutePath().normalize().getFileName().toString();
    List<ImageScore> scores = new ArrayList<>();
    for (Map.Entry<String, Path> pair : expected.entrySet()) {
      Score score = score(pair.getValue(), actual.get(pair.getKey()));
      scores.add(new ImageScore(dataset, pair.getKey(), score));
    }
    return scores;
  }

  private Score score(Path reference, Path restored) {
    try {
      return comparison.score(reader.read(reference), reader.read(restored));
    } catch (GridException e) {
      if (e.getMessage().startsWith("Cannot read")) {
        throw e;
      }
      throw GridException.of(
          e, e.code(), "Cannot score %s: %s", restored, decapitalized(e.getMessage()));
    }
  }

  private static String decapitalized(String message) {
    return Character.toLowerCase(message.charAt(0)) + message.substring(1);
  }

  private static void requirePartners(
      Collection<String> needed, Collection<String> present, Path lacking) {
    List<String> missing = needed.stream().filter(name -> !present.contains(name)).toList();
    if (!missing.isEmpty()) {
      String names = missing.stream().limit(NAMED).collect(Collectors.joining(", "));
      throw GridException.of(
          ErrorCode.INPUT,
          "Cannot pair images by name: %s lacks %d of %d: %s",
          lacking,
          missing.size(),
          needed.size(),
          names);
    }
  }
}
