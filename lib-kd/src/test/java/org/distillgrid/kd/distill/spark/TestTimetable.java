package org.distillgrid.kd.distill.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TestTimetable {
  @Test
  void thePolicyActsAtEachStepAndLearnsAtEachNth() {
    assertThat(phases(new Timetable(Control.NONE, 2, 0, 3, 0)))
        .containsExactly(
            Timetable.Phase.EVEN,
            Timetable.Phase.EVEN,
            Timetable.Phase.LEARNING,
            Timetable.Phase.DRAWN,
            Timetable.Phase.DRAWN,
            Timetable.Phase.LEARNING,
            Timetable.Phase.DRAWN);
  }

  @Test
  void aControlThatStopsLearningDoesSoUntilThenAlike() {
    assertThat(phases(new Timetable(Control.MEAN, 0, 4, 2, 0)))
        .containsExactly(
            Timetable.Phase.LEARNING,
            Timetable.Phase.DRAWN,
            Timetable.Phase.LEARNING,
            Timetable.Phase.DRAWN,
            Timetable.Phase.CENTRE,
            Timetable.Phase.CENTRE,
            Timetable.Phase.CENTRE);
    assertThat(phases(new Timetable(Control.RANDOM, 0, 4, 2, 0)))
        .containsOnly(Timetable.Phase.DRAWN);
  }

  @Test
  void aControlIsWatchedAfterTheWarmUpWhereNothingIsLearned() {
    assertThat(watched(new Timetable(Control.HEURISTIC, 1, 0, 1, 3))).containsExactly(1L, 4L);
    assertThat(watched(new Timetable(Control.MEAN, 0, 4, 1, 1))).containsExactly(4L, 5L, 6L);
    assertThat(watched(new Timetable(Control.MEAN, 0, 4, 2, 3))).containsExactly(3L, 6L);
    assertThat(watched(new Timetable(Control.HEURISTIC, 0, 0, 1, 0))).isEmpty();
  }

  private static List<Long> watched(Timetable timetable) {
    return LongStream.range(0, 7).filter(timetable::isWatched).boxed().toList();
  }

  private static List<Timetable.Phase> phases(Timetable timetable) {
    return LongStream.range(0, 7).mapToObj(timetable::at).toList();
  }
}
