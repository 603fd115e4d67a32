package org.distillgrid.jobs.prepare;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Tells every few seconds how many images are done, if that number has changed. */
final class ProgressTicker implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final ScheduledExecutorService clock;
  private final Supplier<Long> done;
  private final long total;
  private final Consumer<String> messages;
  private long told;
  private ScheduledFuture<?> ticking;

  private ProgressTicker(
      ScheduledExecutorService clock, Supplier<Long> done, long total, Consumer<String> messages) {
    this.clock = clock;
    this.done = done;
    this.total = total;
    this.messages = messages;
  }

  static ProgressTicker start(Supplier<Long> done, long total, Consumer<String> messages) {
    ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "prepare-progress");
              thread.setDaemon(true);
              return thread;
            });
    ProgressTicker ticker = new ProgressTicker(clock, done, total, messages);
    long period = EVERY.toSeconds();
    ticker.ticking = clock.scheduleAtFixedRate(ticker::tell, period, period, TimeUnit.SECONDS);
    return ticker;
  }

  @Override
  public void close() {
    ticking.cancel(false);
    clock.shutdown();
  }

  private void tell() {
    long now = done.get();
    if (now != told) {
      told = now;
      messages.accept("Preparing: " + now + "/" + total + " images");
    }
  }
}
