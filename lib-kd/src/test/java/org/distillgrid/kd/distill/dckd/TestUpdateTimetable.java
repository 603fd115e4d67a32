package org.distillgrid.kd.distill.dckd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TestUpdateTimetable {
  @Test
  void aRunOf250000StepsIsThatOfThePaper() {
    List<Long> moves = moves(250_000);
    assertThat(moves).startsWith(1000L, 2000L, 3000L);
    assertThat(moves).contains(100_000L, 102_000L, 200_000L, 201_000L, 249_000L);
    assertThat(moves).doesNotContain(101_000L, 103_000L, 202_000L, 250_000L);
    assertThat(moves).hasSize(100 + 50 + 17);
  }

  @Test
  void aShorterRunIsScaled() {
    assertThat(moves(2500).stream().map(move -> move * 100).toList()).isEqualTo(moves(250_000));
    // 4.8, 9.6 and 14.4 become 5, 10 and 14; the stages end at 480 and 960.
    List<Long> moves = moves(1200);
    assertThat(moves).startsWith(5L, 10L).contains(480L, 490L, 960L, 966L).endsWith(1190L);
    assertThat(moves).hasSize(96 + 48 + 17);
  }

  @Test
  void theShortestRunsMoveAtEveryUpdate() {
    assertThat(moves(12)).hasSize(12);
    assertThat(moves(1)).containsExactly(1L);
  }

  private static List<Long> moves(long steps) {
    UpdateTimetable timetable = UpdateTimetable.of(steps, 0.4, List.of(0.004, 0.008, 0.012));
    return LongStream.rangeClosed(1, steps).filter(timetable::isDue).boxed().toList();
  }
}
