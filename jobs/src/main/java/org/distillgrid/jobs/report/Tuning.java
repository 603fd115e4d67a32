package org.distillgrid.jobs.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.journal.FinishedResult;
import org.distillgrid.jobs.journal.FinishedTrial;
import org.distillgrid.jobs.journal.Standing;
import org.distillgrid.jobs.plan.Trial;
import org.distillgrid.jobs.plan.TunedCell;
import org.distillgrid.kd.train.CurvePoint;
import org.distillgrid.kd.train.CurveRecorder;

/**
 * The tuned cells of a run and what is chosen for them. That follows from results alone and is
 * written down nowhere, so that it cannot disagree with them; no score of a test set is looked at.
 */
public final class Tuning {
  private final RunFolder run;
  private final List<TunedCell> cells;
  private final Function<Trial, String> ids;
  // A result never changes, and a table is written on a thread of its own.
  private final Map<String, OptionalDouble> read = new ConcurrentHashMap<>();

  /**
   * Knows nothing of any result yet.
   *
   * @param ids returns a trial's id, or null as long as it is not known
   */
  public Tuning(RunFolder run, List<TunedCell> cells, Function<Trial, String> ids) {
    this.run = run;
    this.cells = List.copyOf(cells);
    this.ids = ids;
  }

  /**
   * Returns how the choices of all cells stand.
   *
   * @param standings returns how a trial stands, by its id; null as long as it has not ended
   */
  public List<CellChoice> choices(Function<String, Standing> standings) {
    return cells.stream().map(cell -> choice(cell, standings)).toList();
  }

  /** Returns how the choice of a cell stands, likewise. */
  public CellChoice choice(TunedCell cell, Function<String, Standing> standings) {
    return CellChoice.of(
        cell, trial -> Optional.ofNullable(ids.apply(trial)).map(standings).map(this::ended));
  }

  private CellChoice.Ended ended(Standing standing) {
    return standing.match(
        finished ->
            new CellChoice.Ended(
                read.computeIfAbsent(
                    finished.trialId() + "/" + finished.attempt(), any -> validation(finished))),
        failed -> new CellChoice.Ended(OptionalDouble.empty()));
  }

  private OptionalDouble validation(FinishedTrial trial) {
    return trial.result(run).either(Tuning::lastValidation, failed -> OptionalDouble.empty());
  }

  /** Returns the PSNR of the averaged weights on the held-out patches; a number, or nothing. */
  static OptionalDouble lastValidation(FinishedResult result) {
    return result.curve().stream()
        .filter(point -> point.series().equals(CurveRecorder.VALIDATION_PSNR))
        .mapToDouble(CurvePoint::value)
        .reduce((earlier, later) -> later)
        .stream()
        .filter(psnr -> !Double.isNaN(psnr))
        .findFirst();
  }
}
