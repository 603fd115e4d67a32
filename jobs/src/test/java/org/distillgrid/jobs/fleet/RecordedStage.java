package org.distillgrid.jobs.fleet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.jobs.worker.Training;

/** Remembers what it is told, and the progress beside it. */
final class RecordedStage implements FleetStage, Progress {
  private final Function<TrialResult, Next> answer;
  final List<String> started = new ArrayList<>();
  final Map<String, TrialResult> ended = new LinkedHashMap<>();
  final List<ProgressLine> lines = new ArrayList<>();
  int ends;

  RecordedStage(Function<TrialResult, Next> answer) {
    this.answer = answer;
  }

  static RecordedStage goingOn() {
    return new RecordedStage(result -> Next.GO_ON);
  }

  ProgressLine lastLine() {
    return lines.get(lines.size() - 1);
  }

  @Override
  public String name() {
    return "trials";
  }

  @Override
  public int doneBefore() {
    return 2;
  }

  @Override
  public void started(Training training, String attempt) {
    started.add(training.id() + "@" + attempt);
  }

  @Override
  public Next ended(Training training, TrialResult result) {
    if (ended.put(training.id(), result) != null) {
      throw new IllegalStateException(training.id() + " has ended twice");
    }
    return answer.apply(result);
  }

  @Override
  public void show(ProgressLine line) {
    lines.add(line);
  }

  @Override
  public void end() {
    ends++;
  }
}
