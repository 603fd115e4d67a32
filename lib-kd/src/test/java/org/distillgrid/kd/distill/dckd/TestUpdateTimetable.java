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

  @Test
  void intervalsAreTimeConstantsOfTheAverage() {
    UpdateTimetable paper = timed(250_000, 0.999);
    assertThat(paper.intervals()).containsExactly(1000L, 2000L, 3000L);
    UpdateTimetable shorter = timed(1200, 0.995);
    assertThat(shorter).isEqualTo(new UpdateTimetable(400, List.of(200L, 400L, 600L)));
    assertThat(LongStream.rangeClosed(1, 1200).filter(shorter::isDue).boxed())
        .containsExactly(200L, 400L, 800L, 1200L);
    assertThat(shorter.first()).isEqualTo(200);
    assertThat(timed(12, 0).intervals()).containsExactly(1L, 2L, 3L);
  }

  private static UpdateTimetable timed(long steps, double decay) {
    return UpdateTimetable.of(steps, 1 / 3d, UpdateTimetable.Unit.EMA, decay, List.of(1d, 2d, 3d));
  }

  private static List<Long> moves(long steps) {
    UpdateTimetable timetable =
        UpdateTimetable.of(
            steps, 0.4, UpdateTimetable.Unit.RUN, 0.999, List.of(0.004, 0.008, 0.012));
    return LongStream.rangeClosed(1, steps).filter(timetable::isDue).boxed().toList();
  }
}
