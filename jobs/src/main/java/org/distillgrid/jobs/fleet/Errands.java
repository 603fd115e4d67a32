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
            .filter(errand -> errand.work().stage().equals(stage))
            .filter(errand -> errand.submission().hasBegun())
            .count();
  }

  /** Hands an order over. */
  <T> void submit(String item, Work.Answered<T> answered) {
    Order<T> order = answered.order().get();
    underWay.add(
        new Errand<>(
            item,
            answered,
            order.purpose(),
            Errand.Room.SLOT,
            submitter.submit(order),
            answered.answered()));
  }

  /** Hands work of the driver over. */
  <T> void submit(String item, Work.Beside<T> beside) {
    Errand.Room room = Errand.Room.SLOT;
    if (submitter.hasRoomBeside()) {
      room = Errand.Room.NONE;
    }
    beside.began().run();
    Submission<T> submission = submitter.beside(beside.stage(), beside.work());
    underWay.add(
        new Errand<>(item, beside, "make " + beside.stage(), room, submission, beside.done()));
  }

  /** Brings home those that have ended; the first that has failed is thrown. */
  void visit() {
    for (Errand<?> errand : List.copyOf(underWay)) {
      if (errand.submission().isDone()) {
        underWay.remove(errand);
        errand.bringHome();
        work.done(errand.item(), errand.work());
      }
    }
  }

  void cancel() {
    underWay.forEach(errand -> errand.submission().cancel());
  }
}
