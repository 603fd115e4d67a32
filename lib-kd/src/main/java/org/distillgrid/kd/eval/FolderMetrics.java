package org.distillgrid.kd.eval;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.ImageReader;
import org.distillgrid.kd.image.PlanarImage;

/** Compares two folders of images, paired by their names. */
public final class FolderMetrics {
  private static final int NAMED = 5;

  private final Judge judge;
  private final ImageReader reader;
  private final PairNaming naming;

  /** Has what {@code reader} reads judged. */
  public FolderMetrics(Judge judge, ImageReader reader, PairNaming naming) {
    this.judge = judge;
    this.reader = reader;
    this.naming = naming;
  }

  /**
   * What came of two folders.
   *
   * @param scores of the pairs that could be compared, in the order of the names
   * @param leftOut one line for each pair that could not
   */
  public record Outcome(List<ImageScore> scores, List<String> leftOut) {}

  /**
   * Returns the score of each pair. A pair that cannot be read or compared is left out and told.
   *
   * @throws GridException with code INPUT if an image has no partner, or no pair is usable
   */
  public Outcome compare(Path reference, Path restored) {
    List<ImagePair> pairs = pairs(reference, restored);
    String dataset = reference.toAbsolutePath().normalize().getFileName().toString();
    Outcome outcome = new Outcome(new ArrayList<>(), new ArrayList<>());
    pairs.forEach(pair -> score(pair, dataset, outcome));
    if (outcome.scores().isEmpty()) {
      throw GridException.of(
          ErrorCode.INPUT,
          "Cannot compare %s with %s: none of %d pairs is usable (%s)",
          restored,
          reference,
          pairs.size(),
          outcome.leftOut().get(0));
    }
    return outcome;
  }

  private void score(ImagePair pair, String dataset, Outcome outcome) {
    PlanarImage expected;
    PlanarImage actual;
    try {
      expected = reader.read(pair.reference());
      actual = reader.read(pair.restored());
    } catch (GridException e) {
      outcome.leftOut().add(e.getMessage());
      return;
    }
    try {
      outcome.scores().add(new ImageScore(dataset, pair.name(), judge.score(expected, actual)));
    } catch (GridException e) {
      outcome.leftOut().add(pair.restored() + ": " + e.getMessage());
    }
  }

  private List<ImagePair> pairs(Path reference, Path restored) {
    Map<String, Path> expected = ImageFolder.images(reference);
    Map<String, Path> actual = ImageFolder.images(restored);
    Map<String, String> partners = partners(expected.keySet(), actual.keySet());
    requirePartners(expected.keySet(), partners.keySet(), restored);
    requirePartners(actual.keySet(), partners.values(), reference);
    return partners.entrySet().stream()
        .map(
            pair ->
                new ImagePair(
                    pair.getKey(), expected.get(pair.getKey()), actual.get(pair.getValue())))
        .toList();
  }

  private Map<String, String> partners(Set<String> references, Set<String> restored) {
    Map<String, String> partners = new TreeMap<>();
    Set<String> free = new TreeSet<>(restored);
    for (String name : inOrderOfChoice(references, restored)) {
      naming
          .partner(name, free)
          .ifPresent(
              partner -> {
                partners.put(name, partner);
                free.remove(partner);
              });
    }
    return partners;
  }

  // Whoever finds its own name takes it; then long names: baby_2 takes baby_2_SwinIR before baby
  // asks for it.
  private static List<String> inOrderOfChoice(Set<String> references, Set<String> restored) {
    return references.stream()
        .sorted(
            Comparator.comparing((String name) -> !restored.contains(name))
                .thenComparing(Comparator.comparing(String::length).reversed()))
        .toList();
  }

  private static void requirePartners(
      Collection<String> needed, Collection<String> present, Path lacking) {
    List<String> missing = needed.stream().filter(name -> !present.contains(name)).toList();
    if (!missing.isEmpty()) {
      String names = missing.stream().limit(NAMED).collect(Collectors.joining(", "));
      throw GridException.of(
          ErrorCode.INPUT,
          "Cannot pair images by name: %s lacks %d of %d: %s (a pattern such as {}_x2 says how"
              + " names differ)",
          lacking,
          missing.size(),
          needed.size(),
          names);
    }
  }
}
