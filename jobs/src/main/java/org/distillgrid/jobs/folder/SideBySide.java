package org.distillgrid.jobs.folder;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/**
 * Does many small things side by side that are mostly waiting, such as questions to a file system
 * that is far away: a run folder has an attempt a trial.
 */
public final class SideBySide {
  private static final int THREADS = 16;

  private SideBySide() {}

  /**
   * Returns the answers in the order of the questions.
   *
   * @throws GridException the first that a question threw
   */
  public static <T, R> List<R> answers(List<T> questions, Function<T, R> asked) {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<R>> pending = new ArrayList<>(questions.size());
      questions.forEach(question -> pending.add(threads.submit(() -> asked.apply(question))));
      List<R> answers = new ArrayList<>(questions.size());
      for (Future<R> answer : pending) {
        answers.add(answer.get());
      }
      return answers;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new IllegalStateException("Questions throw nothing that is checked", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw GridException.of(e, ErrorCode.CLUSTER, "Cannot go on with the run folder: interrupted");
    } finally {
      threads.shutdownNow();
    }
  }
}
