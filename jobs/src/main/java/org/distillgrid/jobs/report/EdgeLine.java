package org.distillgrid.jobs.report;

import java.util.List;
import java.util.Optional;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.table.PublishedTuning;

/** Says in one line for which cells the best value lay at an end of its list. */
public final class EdgeLine {
  private EdgeLine() {}

  /** Returns the line for choices, unless none is at an edge. */
  public static Optional<String> of(List<CellChoice> choices) {
    return line(
        choices.stream()
            .filter(CellChoice::isAtEdge)
            .map(
                choice ->
                    choice.cell().label()
                        + " of "
                        + choice.cell().place()
                        + " ("
                        + choice.options()
                        + ")")
            .toList());
  }

  /**
   * Returns the line for the tables of a run that are in force, likewise.
   *
   * @throws org.distillgrid.kd.error.GridException if a file of them is gone or damaged
   */
  public static Optional<String> of(RunFolder run) {
    return line(
        PublishedTuning.read(run).stream()
            .filter(row -> row.isChosen() && row.isAtEdge())
            .map(
                row ->
                    String.format(
                        "%s of %s %s %s (%s)",
                        row.label(), row.student(), row.bits(), row.quantizer(), row.options()))
            .toList());
  }

  private static Optional<String> line(List<String> cells) {
    if (cells.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "At the edge of its list, which a longer one may beat: " + String.join("; ", cells));
  }
}
