package org.distillgrid.jobs.fleet;

import java.util.ArrayList;
import java.util.List;
import org.distillgrid.jobs.worker.Order;

/** All errands that are under way. */
final class Errands {
  private final Submitter submitter;
  private final Workload work;
  private final List<Errand<?>> underWay = new ArrayList<>();

  Errands(Submitter submitter, Workload work) {
    this.submitter = submitter;
    this.work = work;
  }

  boolean isEmpty() {
    return underWay.isEmpty();
  }

  /** Returns how many slots they take. */
  int slots() {
    return (int) underWay.stream().filter(errand -> errand.room() == Errand.Room.SLOT).count();
  }

  /** Returns how many of a stage are at work. */
  int running(String stage) {
    return (int)
        underWay.stream()
            .filter(errand -> errand.listed().work().stage().equals(stage))
            .filter(errand -> errand.submission().hasBegun())
            .count();
  }

  /** Returns the pace of those of a stage; how far one has come is not known before its end. */
  Pace pace(String stage) {
    return underWay.stream()
        .map(Errand::listed)
        .filter(listed -> listed.work().stage().equals(stage))
        .map(Tally::waiting)
        .reduce(Pace.NOTHING, Pace::plus);
  }

  /** Hands an order over. */
  <T> void submit(Listed listed, Work.Answered<T> answered) {
    Order<T> order = answered.order().get();
    underWay.add(
        new Errand<>(
            listed,
            order.purpose(),
            Errand.Room.SLOT,
            submitter.submit(order),
            answered.answered()));
  }

  /** Hands work of the driver over. */
  <T> void submit(Listed listed, Work.Beside<T> beside) {
    Errand.Room room = Errand.Room.SLOT;
    if (submitter.hasRoomBeside()) {
      room = Errand.Room.NONE;
    }
    beside.began().run();
    Submission<T> submission = submitter.beside(beside.stage(), beside.work());
    underWay.add(new Errand<>(listed, "make " + beside.stage(), room, submission, beside.done()));
  }

  /** Brings home those that have ended; the first that has failed is thrown. */
  void visit() {
    for (Errand<?> errand : List.copyOf(underWay)) {
      if (errand.submission().isDone()) {
        underWay.remove(errand);
        errand.bringHome();
        work.done(errand.listed());
      }
    }
  }

  void cancel() {
    underWay.forEach(errand -> errand.submission().cancel());
  }
}
