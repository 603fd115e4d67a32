package org.distillgrid.jobs.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.junit.jupiter.api.Test;

class TestPatience {
  private static final Patience SHORT = new Patience(Duration.ofMillis(50));

  @Test
  void leavesWorkToItselfThatDoesNotEnd() {
    CountDownLatch never = new CountDownLatch(1);
    AtomicReference<Thread> worker = new AtomicReference<>();
    assertThatThrownBy(() -> SHORT.await(() -> deaf(never, worker)))
        .isInstanceOfSatisfying(
            GridException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INPUT))
        .hasMessage("Cannot read image: not decoded within 0.05 s");
    assertThat(worker.get().isAlive()).isTrue();
    assertThat(worker.get().isDaemon()).isTrue();
    never.countDown();
  }

  @Test
  void returnsAndThrowsWhatTheWorkDoes() {
    assertThat(Patience.STANDARD.<Integer>await(() -> 7)).isEqualTo(7);
    GridException mistake = GridException.of(ErrorCode.INPUT, "damaged");
    assertThatThrownBy(
            () ->
                Patience.STANDARD.await(
                    () -> {
                      throw mistake;
                    }))
        .isSameAs(mistake);
    OutOfMemoryError large = new OutOfMemoryError("large");
    assertThatThrownBy(
            () ->
                Patience.STANDARD.await(
                    () -> {
                      throw large;
                    }))
        .isSameAs(large);
  }

  /** Waits as a decoder computes: no interruption ends it. */
  private static String deaf(CountDownLatch latch, AtomicReference<Thread> worker) {
    worker.set(Thread.currentThread());
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        continue;
      }
    }
    return "late";
  }
}
