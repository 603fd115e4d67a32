package org.distillgrid.jobs.cli;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.plan.Trial;
import org.distillgrid.jobs.plan.TrialPlan;
import org.distillgrid.jobs.plan.TunedCell;
import org.distillgrid.jobs.report.EdgeLine;
import org.distillgrid.kd.error.GridException;

/** What {@code plan} says of tuned cells: the candidates, and how many trials follow. */
final class TuningPlan {
  private final TrialPlan plan;
  private final String output;
  private final IdentityHashMap<Trial, TunedCell> candidates = new IdentityHashMap<>();
  private final IdentityHashMap<Trial, TunedCell> chosen = new IdentityHashMap<>();

  /**
   * Looks at a plan.
   *
   * @param output the run folder, which may hold what an earlier run has chosen
   */
  TuningPlan(TrialPlan plan, String output) {
    this.plan = plan;
    this.output = output;
    for (TunedCell cell : plan.tuned()) {
      cell.compared().forEach(trial -> candidates.put(trial, cell));
      for (long seed : cell.furtherSeeds()) {
        cell.standIn(seed).ifPresent(trial -> chosen.put(trial, cell));
      }
    }
  }

  /** Returns what is added to the counts of cells. */
  String left() {
    int left = plan.later().size() - chosen.size();
    if (left == 0) {
      return "";
    }
    return ", " + left + " not chosen";
  }

  /**
   * Returns how many trials are compared and how many follow, and what has been chosen at an edge
   * before.
   */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (!plan.tuned().isEmpty()) {
      lines.add(
          "%d candidates at %s, then %s"
              .formatted(candidates.size(), seeds(tuneSeeds()), further()));
      edge(lines);
    }
    return lines;
  }

  private List<Long> tuneSeeds() {
    return plan.tuned().stream()
        .flatMap(cell -> cell.tuneSeeds().stream())
        .distinct()
        .sorted()
        .toList();
  }

  private String further() {
    List<Long> further =
        chosen.keySet().stream().map(trial -> trial.cell().seed()).distinct().sorted().toList();
    if (further.isEmpty()) {
      return "no more, as there is no other seed";
    }
    if (chosen.size() % further.size() != 0) {
      return "%d trials at %s".formatted(chosen.size(), seeds(further));
    }
    return counted(chosen.size() / further.size(), "trial")
        + " at "
        + counted(further.size(), "more seed");
  }

  private static String seeds(List<Long> seeds) {
    String all = seeds.stream().map(String::valueOf).collect(Collectors.joining(", "));
    if (seeds.size() == 1) {
      return "seed " + all;
    }
    return "seeds " + all;
  }

  private static String counted(int count, String noun) {
    if (count == 1) {
      return "1 " + noun;
    }
    return count + " " + noun + "s";
  }

  // What has been chosen before is a help, and no reason to refuse a plan.
  private void edge(List<String> lines) {
    try {
      EdgeLine.of(RunFolder.of(output, new Configuration())).ifPresent(lines::add);
    } catch (GridException e) {
      lines.add(e.getMessage());
    }
  }

  /** Returns a trial's method as the spec names it. */
  String spelling(Trial trial) {
    if (isNamed(trial)) {
      return trial.cell().method().canonical();
    }
    return cell(trial).spelling();
  }

  /** Returns what the list of trials calls a trial's method. */
  String method(Trial trial) {
    if (candidates.containsKey(trial) && !isNamed(trial)) {
      return trial.cell().method().canonical();
    }
    return trial.label();
  }

  /** Returns the part of a trial, to be added to its line. */
  String part(Trial trial) {
    if (candidates.containsKey(trial)) {
      return "  candidate";
    }
    if (chosen.containsKey(trial)) {
      return "  chosen";
    }
    return "";
  }

  private boolean isNamed(Trial trial) {
    TunedCell cell = cell(trial);
    return cell == null || !trial.label().equals(cell.label());
  }

  private TunedCell cell(Trial trial) {
    return candidates.getOrDefault(trial, chosen.get(trial));
  }
}
