package org.distillgrid.kd.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.distillgrid.kd.eval.Tiling.Span;
import org.junit.jupiter.api.Test;

class TestTiling {
  @Test
  void keepsEveryPixelOnce() {
    for (int period : List.of(1, 8)) {
      for (int overlap : List.of(0, 8, 16)) {
        Tiling tiling = new Tiling(48, overlap, period);
        for (int length = 1; length < 400; length++) {
          requireCover(tiling, length);
        }
      }
    }
  }

  private static void requireCover(Tiling tiling, int length) {
    int kept = 0;
    for (Span span : tiling.spans(length)) {
      assertThat(span.from()).isEqualTo(kept);
      assertThat(span.to()).isGreaterThan(kept);
      assertThat(span.start() % tiling.period()).isZero();
      assertThat(span.end() - span.start()).isLessThanOrEqualTo(tiling.side());
      assertThat(span.start() == 0 || span.from() - span.start() >= tiling.overlap()).isTrue();
      assertThat(span.end() == length || span.end() - span.to() >= tiling.overlap()).isTrue();
      kept = span.to();
    }
    assertThat(kept).isEqualTo(length);
  }

  @Test
  void movesTheLastTileBack() {
    assertThat(new Tiling(32, 4, 2).spans(57))
        .containsExactly(
            new Span(0, 32, 0, 28), new Span(24, 56, 28, 52), new Span(26, 57, 52, 57));
    assertThat(new Tiling(32, 4, 2).spans(32)).containsExactly(new Span(0, 32, 0, 32));
  }

  @Test
  void refusesTilesThatKeepNothing() {
    assertThatThrownBy(() -> new Tiling(32, 16, 16))
        .hasMessage("Tiles of 32 overlap by 16, period 16");
    assertThatThrownBy(() -> new Tiling(33, 8, 8))
        .hasMessage("Side 33 and overlap 8 are no multiples of 8");
  }
}
