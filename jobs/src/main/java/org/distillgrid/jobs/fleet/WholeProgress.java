package org.distillgrid.jobs.fleet;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How far a workload has come, of what waits, is under way and is over. */
final class WholeProgress {
  private final Workload work;
  private final Errands errands;
  private final int slots;
  private final InstantSource clock;
  private final long began;
  private long stepsOver;

  WholeProgress(Workload work, Errands errands, int slots, InstantSource clock) {
    this.work = work;
    this.errands = errands;
    this.slots = slots;
    this.clock = clock;
    this.began = clock.millis();
  }

  /** An order has ended. */
  void over(Dispatch dispatch) {
    stepsOver += dispatch.stepsDone();
    work.tallies().stream()
        .filter(tally -> tally.stage().equals(dispatch.stage().name()))
        .forEach(tally -> tally.measures(dispatch.pace()));
  }

  /**
   * Returns the line.
   *
   * @param underWay orders that have been handed over
   * @param again what was lost and waits for another try
   */
  ProgressLine line(List<Dispatch> underWay, List<Listed> again) {
    long stepsDone = stepsOver + underWay.stream().mapToLong(Dispatch::stepsDone).sum();
    long stepsLeft = underWay.stream().mapToLong(Dispatch::stepsLeft).sum();
    Map<String, Integer> running = new HashMap<>();
    Map<String, Pace> paces = new HashMap<>();
    for (Dispatch dispatch : underWay) {
      running.merge(dispatch.stage().name(), dispatch.running(), Integer::sum);
      paces.merge(dispatch.stage().name(), dispatch.pace(), Pace::plus);
    }
    for (Listed lost : again) {
      stepsLeft += Tally.steps(lost.work());
      paces.merge(lost.work().stage(), Tally.waiting(lost), Pace::plus);
    }
    List<ProgressLine.Part> parts = new ArrayList<>();
    for (Tally tally : work.tallies()) {
      String stage = tally.stage();
      parts.add(tally.part(running.getOrDefault(stage, 0) + errands.running(stage)));
      stepsLeft += tally.stepsWaiting();
      paces.merge(stage, tally.pace().plus(errands.pace(stage)), Pace::plus);
    }
    return new ProgressLine(
        parts,
        stepsDone,
        stepsLeft,
        Duration.ofMillis(clock.millis() - began),
        TimeLeft.of(List.copyOf(paces.values()), slots));
  }
}
