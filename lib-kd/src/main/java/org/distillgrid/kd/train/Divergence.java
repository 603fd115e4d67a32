package org.distillgrid.kd.train;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;

/**
 * Notices a training that leaves its student worse than it found it: the loss of its last stretch
 * is a hundred times that of its first step, or the PSNR of its last validation lies below that of
 * its first weights. What a validation may lose by chance, 0.1 dB, does not count.
 */
final class Divergence {
  private static final double GROWTH = 100;
  private static final double CHANCE_DECIBELS = 0.1;
  private static final String LOSS_KEY = "first loss";
  private static final String PSNR_KEY = "first validation psnr";

  private OptionalDouble firstLoss = OptionalDouble.empty();
  private OptionalDouble firstPsnr = OptionalDouble.empty();

  /** Takes in the loss of a step; the first one counts. */
  void loss(double total) {
    if (firstLoss.isEmpty()) {
      firstLoss = OptionalDouble.of(total);
    }
  }

  /** Takes in how the first weights restore the validation patches, in dB. */
  void start(double psnr) {
    firstPsnr = OptionalDouble.of(psnr);
  }

  /** Returns why a training that has left a curve counts as diverged; empty if it does not. */
  Optional<String> reason(CurveRecorder curve) {
    return grownLoss(curve).or(() -> fallenPsnr(curve));
  }

  private Optional<String> grownLoss(CurveRecorder curve) {
    OptionalDouble last = curve.last(CurveRecorder.TOTAL);
    if (firstLoss.isEmpty() || last.isEmpty()) {
      return Optional.empty();
    }
    double first = firstLoss.getAsDouble();
    if (last.getAsDouble() < GROWTH * first || first <= 0) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(Locale.ROOT, "the loss grew from %.3g to %.3g", first, last.getAsDouble()));
  }

  // Comparisons with the NaN of a validation without patches are false.
  private Optional<String> fallenPsnr(CurveRecorder curve) {
    OptionalDouble last = curve.last(CurveRecorder.VALIDATION_PSNR);
    if (firstPsnr.isEmpty() || last.isEmpty()) {
      return Optional.empty();
    }
    double first = firstPsnr.getAsDouble();
    if (!(last.getAsDouble() < first - CHANCE_DECIBELS)) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT, "validation fell from %.2f to %.2f dB", first, last.getAsDouble()));
  }

  /** Adds what a resumed training needs to know to what a checkpoint holds. */
  void export(SortedMap<String, String> into) {
    firstLoss.ifPresent(loss -> into.put(LOSS_KEY, Double.toString(loss)));
    firstPsnr.ifPresent(psnr -> into.put(PSNR_KEY, Double.toString(psnr)));
  }

  /** Takes back what {@link #export} gave; a state of an earlier version has none of it. */
  void restore(SortedMap<String, String> from) {
    firstLoss = number(from, LOSS_KEY);
    firstPsnr = number(from, PSNR_KEY);
  }

  private static OptionalDouble number(SortedMap<String, String> from, String key) {
    if (!from.containsKey(key)) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(Double.parseDouble(from.get(key)));
  }
}
