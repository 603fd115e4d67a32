package org.distillgrid.jobs.page;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.distillgrid.jobs.report.Findings;
import org.distillgrid.jobs.spec.Catalog;

/**
 * Whether a method's gain over none sits in the images that are hard: its mean over the half that
 * bicubic interpolation (at scale 1 the input) restores worst, and over the other half.
 *
 * @param harder decibels over the harder half
 * @param easier decibels over the easier half
 */
record GainByDifficulty(CellName cell, String dataset, double harder, double easier) {
  private static final int LEAST_IMAGES = 4;

  /** Returns those of all methods that have their none; nothing of sets of less than 4 images. */
  static List<GainByDifficulty> of(List<ImageTable> sets) {
    return sets.stream().map(GainByDifficulty::of).flatMap(Collection::stream).toList();
  }

  private static List<GainByDifficulty> of(ImageTable set) {
    Optional<List<Double>> ease =
        Findings.REFERENCES.stream()
            .filter(set.references()::containsKey)
            .map(set.references()::get)
            .findFirst();
    if (ease.isEmpty() || set.images().size() < LEAST_IMAGES) {
      return List.of();
    }
    List<GainByDifficulty> found = new ArrayList<>();
    for (ImageTable.Scores scores : set.cells()) {
      CellName none = none(scores.cell());
      if (!scores.cell().equals(none)) {
        set.cells().stream()
            .filter(other -> other.cell().equals(none))
            .findFirst()
            .flatMap(other -> of(scores, other, set.dataset(), ease.get()))
            .ifPresent(found::add);
      }
    }
    return found;
  }

  private static CellName none(CellName cell) {
    return new CellName(cell.student(), cell.bits(), cell.quantizer(), Catalog.NO_METHOD);
  }

  private static Optional<GainByDifficulty> of(
      ImageTable.Scores method, ImageTable.Scores none, String dataset, List<Double> ease) {
    List<Map.Entry<Double, Double>> gains = new ArrayList<>();
    for (int i = 0; i < ease.size(); i++) {
      Double with = method.psnr().get(i);
      Double without = none.psnr().get(i);
      if (with != null && without != null && ease.get(i) != null) {
        gains.add(Map.entry(ease.get(i), with - without));
      }
    }
    if (gains.size() < LEAST_IMAGES) {
      return Optional.empty();
    }
    gains.sort(Comparator.comparing(entry -> entry.getKey()));
    int half = gains.size() / 2;
    return Optional.of(
        new GainByDifficulty(
            method.cell(),
            dataset,
            mean(gains.subList(0, half)),
            mean(gains.subList(half, gains.size()))));
  }

  private static double mean(List<Map.Entry<Double, Double>> gains) {
    return gains.stream().mapToDouble(entry -> entry.getValue()).average().orElseThrow();
  }
}
