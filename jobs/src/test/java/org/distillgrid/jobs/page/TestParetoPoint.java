package org.distillgrid.jobs.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TestParetoPoint {
  private static ParetoPoint point(double cost, double gain) {
    return new ParetoPoint(OptionalDouble.of(cost), gain);
  }

  private static List<ParetoPoint> front(ParetoPoint... points) {
    List<ParetoPoint> all = List.of(points);
    return Stream.of(points).filter(point -> point.isOnFrontOf(all)).toList();
  }

  @Test
  void holdsWhatNoOtherBeats() {
    ParetoPoint cheap = point(1, 30);
    ParetoPoint good = point(4, 33);
    ParetoPoint between = point(2, 32);
    assertThat(front(good, point(2, 31), cheap, between, point(5, 33), point(1, 29)))
        .containsExactly(good, cheap, between);
  }

  @Test
  void holdsEqualsAndNothingOfUnknownCost() {
    ParetoPoint one = point(1, 30);
    assertThat(front(one, point(1, 30))).hasSize(2);
    assertThat(front(new ParetoPoint(OptionalDouble.empty(), 40), one)).containsExactly(one);
  }
}
