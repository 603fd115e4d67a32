package org.distillgrid.jobs.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.distillgrid.jobs.plan.Trial;
import org.distillgrid.jobs.plan.TunedCell;

/**
 * Which candidate of a tuned cell is chosen: that of the highest PSNR on held-out patches, in the
 * mean over the seeds at which candidates are compared; of equals the one that is named first. One
 * that has failed at a seed is left out. Nothing is chosen before all have ended.
 *
 * @param cell the cell
 * @param scores of its candidates, in their order
 * @param chosen the best of them
 */
public record CellChoice(
    TunedCell cell, List<CandidateScore> scores, Optional<CandidateScore> chosen) {

  public CellChoice {
    scores = List.copyOf(scores);
  }

  /**
   * How a trial has ended.
   *
   * @param psnr of its last validation, decibels; empty if it has failed
   */
  record Ended(OptionalDouble psnr) {}

  /**
   * Chooses.
   *
   * @param endings returns how a trial has ended, if it has
   */
  static CellChoice of(TunedCell cell, Function<Trial, Optional<Ended>> endings) {
    List<CandidateScore> scores = new ArrayList<>();
    for (TunedCell.Tried tried : cell.candidates()) {
      scores.add(score(cell, tried, endings));
    }
    Optional<CandidateScore> best = Optional.empty();
    if (scores.stream().allMatch(score -> isOver(cell, score))) {
      best = best(scores);
    }
    return new CellChoice(cell, scores, best);
  }

  private static CandidateScore score(
      TunedCell cell, TunedCell.Tried tried, Function<Trial, Optional<Ended>> endings) {
    int finished = 0;
    int failed = 0;
    double sum = 0;
    for (long seed : cell.tuneSeeds()) {
      Optional<Ended> ended = endings.apply(tried.trials().get(seed));
      if (ended.isPresent() && ended.get().psnr().isPresent()) {
        finished++;
        sum += ended.get().psnr().getAsDouble();
      } else if (ended.isPresent()) {
        failed++;
      }
    }
    OptionalDouble mean = OptionalDouble.empty();
    if (finished > 0) {
      mean = OptionalDouble.of(sum / finished);
    }
    return new CandidateScore(tried, finished, failed, mean);
  }

  private static Optional<CandidateScore> best(List<CandidateScore> scores) {
    Optional<CandidateScore> best = Optional.empty();
    for (CandidateScore score : scores) {
      if (score.failed() == 0
          && (best.isEmpty() || score.mean().orElseThrow() > best.get().mean().orElseThrow())) {
        best = Optional.of(score);
      }
    }
    return best;
  }

  private static boolean isOver(TunedCell cell, CandidateScore score) {
    return score.finished() + score.failed() == cell.tuneSeeds().size();
  }

  /** Returns the chosen values, {@code weight=0.04}; empty as long as none are. */
  public String options() {
    return chosen.map(CellChoice::options).orElse("");
  }

  /** Returns the trials that it adds to those that are trained anyway. */
  public List<Trial> added() {
    return cell.furtherSeeds().stream().flatMap(seed -> added(seed).stream()).toList();
  }

  /** Returns the trial that it adds at a further seed, if any. */
  public Optional<Trial> added(long seed) {
    return chosen.flatMap(best -> cell.further(best.tried(), seed));
  }

  /** Returns whether all candidates have ended, none of them whole. */
  public boolean isFailed() {
    return chosen.isEmpty() && scores.stream().allMatch(score -> isOver(cell, score));
  }

  /** Returns whether the chosen value lies at an end of its list. */
  public boolean isAtEdge() {
    return chosen.filter(score -> score.tried().candidate().atEdge()).isPresent();
  }

  /** Returns what has been chosen of what, or that nothing can be, in a line. */
  public String text() {
    String name = cell.label() + " of " + cell.place();
    if (chosen.isEmpty()) {
      return "Cannot choose "
          + name
          + ": all "
          + scores.size()
          + " candidates failed, so none is trained at other seeds";
    }
    String edge = "";
    if (isAtEdge()) {
      edge = ", at the edge of its list";
    }
    String all = scores.stream().map(this::scored).collect(Collectors.joining("; "));
    return "Chosen for " + name + ": " + options() + edge + " (" + all + ")";
  }

  private String scored(CandidateScore score) {
    if (score.failed() > 0) {
      return options(score) + " failed, left out";
    }
    return String.format(
        Locale.ROOT, "%s %.3f dB", options(score), score.mean().orElse(Double.NaN));
  }

  private static String options(CandidateScore score) {
    return score.tried().candidate().options();
  }
}
