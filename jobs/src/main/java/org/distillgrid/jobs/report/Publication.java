package org.distillgrid.jobs.report;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.distillgrid.jobs.folder.Messages;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes tables while a grid is trained, at most once a minute, and once more at its end. To
 * publish takes the longer the more trials have ended, so between two publications lies at least
 * ten times what the last one took. It has a thread of its own: where every core trains, writing a
 * table waits for one, and the grid must not wait with it.
 */
public final class Publication implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(Publication.class);
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final int SHARE = 10;

  private final Function<Findings, String> publisher;
  private final Duration pause;
  private final Consumer<String> warnings;
  private final ExecutorService writer = Executors.newSingleThreadExecutor();
  private Future<String> underWay;
  private volatile long nextOffer;

  /** Publishes the tables of a run. */
  public static Publication of(RunTables tables) {
    return new Publication(tables::publish, PAUSE, LOGGER::warn);
  }

  /**
   * Publishes in any way.
   *
   * @param publisher publishes what it is given and returns the name of the new version
   * @param pause least time between two offers that are taken
   * @param warnings takes a line about every offer that failed
   */
  Publication(Function<Findings, String> publisher, Duration pause, Consumer<String> warnings) {
    this.publisher = publisher;
    this.pause = pause;
    this.warnings = warnings;
    this.nextOffer = System.nanoTime() + pause.toNanos();
  }

  /**
   * Publishes soon, unless it has just been done or is still being done.
   *
   * @param offered gives what is published; called only if it is going to be, before this returns
   * @return whether it is going to be; an offer that is not taken may be made again
   */
  public boolean offer(Supplier<Findings> offered) {
    boolean busy = underWay != null && !underWay.isDone();
    if (busy || System.nanoTime() - nextOffer < 0) {
      return false;
    }
    Findings findings = offered.get();
    underWay = writer.submit(() -> publishQuietly(findings));
    return true;
  }

  private String publishQuietly(Findings findings) {
    long started = System.nanoTime();
    try {
      return publisher.apply(findings);
    } catch (Exception e) {
      // Nobody asks the future, and Scala code throws checked exceptions undeclared.
      warnings.accept("Tables are published at the end only: " + Messages.firstLine(e));
      return "";
    } finally {
      long ended = System.nanoTime();
      nextOffer = ended + Math.max(pause.toNanos(), SHARE * (ended - started));
    }
  }

  /**
   * Publishes now.
   *
   * @return the name of the version that is in force from now on
   * @throws GridException if it cannot be written
   */
  public String publish(Findings findings) {
    try {
      return writer.submit(() -> publisher.apply(findings)).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GridException known) {
        throw known;
      }
      throw GridException.of(
          e.getCause(),
          ErrorCode.OUTPUT,
          "Cannot publish tables: %s",
          Messages.firstLine(Messages.rootCause(e)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw GridException.of(e, ErrorCode.CLUSTER, "Cannot publish tables: interrupted");
    }
  }

  @Override
  public void close() {
    writer.shutdownNow();
  }
}
