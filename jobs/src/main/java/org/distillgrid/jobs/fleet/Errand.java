package org.distillgrid.jobs.fleet;

import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.distillgrid.jobs.folder.Messages;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/**
 * Work on its way that leaves one answer.
 *
 * @param listed what it is on the agenda
 * @param purpose as a message goes on after "Cannot"
 * @param room what it takes while it is under way
 * @param submission what has been handed over
 * @param answered takes the answer
 */
record Errand<T>(
    Listed listed, String purpose, Room room, Submission<T> submission, Consumer<T> answered) {

  /** What something takes while it is under way. */
  enum Room {
    SLOT,
    NONE
  }

  /**
   * Passes the answer on.
   *
   * @throws GridException why there is none
   */
  void bringHome() {
    T answer;
    try {
      answer = submission.result();
    } catch (ExecutionException e) {
      throw known(purpose, e.getCause());
    }
    answered.accept(answer);
  }

  // Spark wraps what a task throws, on a cluster even as text; the first of ours is the reason.
  static GridException known(String purpose, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof GridException known) {
        return known;
      }
    }
    return GridException.of(
        failure, ErrorCode.CLUSTER, "Cannot %s: %s", purpose, Messages.firstLine(failure));
  }
}
