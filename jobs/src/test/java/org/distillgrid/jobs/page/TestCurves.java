package org.distillgrid.jobs.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TestCurves {
  @Test
  void thinsALongSeriesEvenlyAndKeepsItsEnds() {
    List<Long> steps = LongStream.rangeClosed(1, 101).boxed().toList();
    List<Double> values = DoubleStream.iterate(1, each -> each + 1).limit(101).boxed().toList();
    Curves.Series series = new Curves.Series("loss/l1", steps, values);

    Curves.Series thinned = Curves.thinned(series, 5);
    assertThat(thinned.steps()).containsExactly(1L, 26L, 51L, 76L, 101L);
    assertThat(thinned.values()).containsExactly(1.0, 26.0, 51.0, 76.0, 101.0);
    assertThat(Curves.thinned(series, 101)).isSameAs(series);
  }
}
