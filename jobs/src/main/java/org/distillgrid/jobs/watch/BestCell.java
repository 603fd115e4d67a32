package org.distillgrid.jobs.watch;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.table.PublishedSummary;
import org.distillgrid.kd.error.GridException;

/**
 * The cell of a run that comes closest to the ground truth.
 *
 * @param cell its row
 */
public record BestCell(PublishedSummary.Cell cell) {
  private static final Comparator<PublishedSummary.Cell> BY_PSNR =
      Comparator.comparingDouble(PublishedSummary.Cell::psnr);

  /** Returns that of the tables in force, on the first test set by name; none without tables. */
  public static Optional<BestCell> of(RunFolder run) {
    try {
      return PublishedSummary.read(run).stream()
          .min(
              Comparator.comparing(PublishedSummary.Cell::dataset)
                  .thenComparing(BY_PSNR.reversed()))
          .map(BestCell::new);
    } catch (GridException e) {
      // The version in force was replaced while it was read, or is damaged: the list is not.
      return Optional.empty();
    }
  }

  /** Returns it in a few words. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "%s %s %s: %.3f dB on %s",
        cell.student(),
        cell.bits(),
        cell.label(),
        cell.psnr(),
        cell.dataset());
  }
}
