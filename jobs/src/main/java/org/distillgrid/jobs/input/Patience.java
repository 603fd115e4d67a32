package org.distillgrid.jobs.input;

import java.io.InterruptedIOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/**
 * How long one image may keep a task. Decoders are not made to be interrupted, so the work is done
 * by a thread of its own, which is left to itself when the time is over.
 */
public record Patience(Duration deadline) implements Serializable {
  /** That of every run: some ten times what the largest image takes that is read. */
  public static final Patience STANDARD = new Patience(Duration.ofSeconds(60));

  /**
   * Returns what {@code work} returns, or throws what it throws.
   *
   * @throws GridException with code INPUT if it takes longer
   */
  public <T> T await(Supplier<T> work) {
    FutureTask<T> task = new FutureTask<>(work::get);
    Thread thread = new Thread(task, "read-image");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      task.cancel(true);
      throw GridException.of(
          e,
          ErrorCode.INPUT,
          "Cannot read image: not decoded within %s s",
          deadline.toMillis() / 1000.0);
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException("interrupted while decoding"));
    } catch (ExecutionException e) {
      throw thrown(e.getCause());
    }
  }

  private static RuntimeException thrown(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return (RuntimeException) cause;
  }
}
