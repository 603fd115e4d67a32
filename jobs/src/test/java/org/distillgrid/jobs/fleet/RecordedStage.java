package org.distillgrid.jobs.fleet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.jobs.worker.Training;
import org.distillgrid.jobs.worker.TrainingOrder;

/** Remembers what it is told, and the progress beside it. */
final class RecordedStage implements FleetStage, Progress {
  private final Function<TrialResult, Next> answer;
  private final Map<String, TrainingOrder> orders = new HashMap<>();
  final List<String> started = new ArrayList<>();
  final Map<String, TrialResult> ended = new LinkedHashMap<>();
  final List<ProgressLine> lines = new ArrayList<>();
  final Map<String, String> dropped = new LinkedHashMap<>();
  int ends;

  RecordedStage(Function<TrialResult, Next> answer) {
    this.answer = answer;
  }

  static RecordedStage goingOn() {
    return new RecordedStage(result -> Next.GO_ON);
  }

  /** Lets items with the ids of an order's trainings be trained by that order. */
  void takes(TrainingOrder order) {
    order.trainings().forEach(training -> orders.put(training.id(), order));
  }

  /** Lets one item be trained by an order whose training is called otherwise. */
  void takesAs(String item, TrainingOrder order) {
    orders.put(item, order);
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
  public TrainingOrder order(List<String> items) {
    TrainingOrder order = orders.get(items.get(0));
    if (order.trainings().size() != items.size()) {
      throw new IllegalStateException(items + " are no order");
    }
    return order;
  }

  @Override
  public void dropped(String item, String error) {
    dropped.put(item, error);
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
