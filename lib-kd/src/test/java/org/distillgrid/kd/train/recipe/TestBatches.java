package org.distillgrid.kd.train.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestBatches {
  // Restormer's: at 92,000, 156,000, 204,000, 240,000 and 276,000 of 300,000 steps.
  private static final Windows TABLE =
      new Windows(
          128,
          List.of(
              span(0, 128, 64),
              span(0.306667, 160, 40),
              span(0.52, 192, 32),
              span(0.68, 256, 16),
              span(0.8, 320, 8),
              span(0.92, 384, 8)));

  @Test
  void aTableChangesAtItsSteps() {
    Batches batches = Batches.of(TABLE, 16, 300_000);

    assertThat(batches.at(0)).isEqualTo(span(0, 128, 64));
    assertThat(batches.at(91_999).batch()).isEqualTo(64);
    assertThat(batches.at(92_000)).isEqualTo(span(0.306667, 160, 40));
    assertThat(batches.at(155_999).window()).isEqualTo(160);
    assertThat(batches.at(156_000).window()).isEqualTo(192);
    assertThat(batches.at(203_999).window()).isEqualTo(192);
    assertThat(batches.at(240_000).window()).isEqualTo(320);
    assertThat(batches.at(299_999)).isEqualTo(span(0.92, 384, 8));
  }

  @Test
  void countsTheWindowsOfAllEarlierSteps() {
    Batches batches =
        Batches.of(
            new Windows(8, List.of(span(0, 8, 5), span(0.3, 12, 3), span(0.55, 16, 1))), 9, 20);
    long sum = 0;
    for (long step = 0; step < 20; step++) {
      assertThat(batches.before(step)).as("before step %d", step).isEqualTo(sum);
      sum += batches.at(step).batch();
    }
    // Six steps, five, and nine.
    assertThat(sum).isEqualTo(6 * 5 + 5 * 3 + 9);
  }

  @Test
  void stepsThatAreAllAlikeTakeTheBatch() {
    Batches whole = Batches.of(Windows.NONE, 4, 100);
    Batches windows = Batches.of(Windows.of(24), 4, 100);

    assertThat(whole.at(99)).isEqualTo(span(0, 0, 4));
    assertThat(windows.at(0)).isEqualTo(span(0, 24, 4));
    assertThat(windows.before(30)).isEqualTo(120);
    assertThat(Batches.whole(4).before(1_000_000)).isEqualTo(4_000_000);
  }

  @Test
  void knowsTheLargestBatchAndThePixelsOfAll() {
    Batches batches = Batches.of(new Windows(8, List.of(span(0, 10, 4), span(0.5, 30, 1))), 9, 10);

    assertThat(batches.largest(48)).isEqualTo(900);
    assertThat(batches.sum(48)).isEqualTo(5 * 400 + 5 * 900);
    assertThat(Batches.of(Windows.NONE, 2, 10).largest(48)).isEqualTo(2 * 48 * 48);
    assertThat(Batches.of(Windows.NONE, 2, 10).sum(48)).isEqualTo(10 * 2 * 48 * 48);
  }

  private static Windows.Span span(double from, int window, int batch) {
    return new Windows.Span(from, window, batch);
  }
}
