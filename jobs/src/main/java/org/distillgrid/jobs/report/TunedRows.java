package org.distillgrid.jobs.report;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.distillgrid.jobs.plan.Trial;
import org.distillgrid.jobs.plan.TunedCell;
import org.distillgrid.jobs.table.TrialAxes;
import org.distillgrid.jobs.table.TuningPart;
import org.distillgrid.jobs.table.TuningRow;

/** What tables say of choices. */
final class TunedRows {
  private final IdentityHashMap<Trial, TuningPart> parts = new IdentityHashMap<>();
  private final List<TuningRow> rows = new ArrayList<>();

  TunedRows(List<CellChoice> choices) {
    choices.forEach(choice -> choice.scores().forEach(score -> add(choice, score)));
  }

  /** Returns the part that a trial has in the tuning of its cell, if it has one. */
  Optional<TuningPart> part(Trial trial) {
    return Optional.ofNullable(parts.get(trial));
  }

  /** Returns the rows of the table {@code tuning}. */
  List<TuningRow> rows() {
    return rows;
  }

  private void add(CellChoice choice, CandidateScore score) {
    TunedCell cell = choice.cell();
    TunedCell.Tried tried = score.tried();
    String options = tried.candidate().options();
    Optional<Boolean> chosen =
        choice.chosen().map(best -> best.tried().candidate().options().equals(options));
    tried
        .trials()
        .forEach(
            (seed, trial) ->
                parts.put(
                    trial,
                    new TuningPart(
                        cell.label(),
                        options,
                        cell.tuneSeeds().contains(seed),
                        chosen.orElse(null))));
    rows.add(
        new TuningRow(
            TrialAxes.of(tried.trials().get(cell.tuneSeeds().get(0))),
            cell.label(),
            options,
            score.mean(),
            score.finished(),
            chosen,
            tried.candidate().atEdge()));
  }
}
