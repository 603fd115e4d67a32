package org.distillgrid.jobs.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TestTimeLeft {
  private static Pace going(double done, double left, double seconds) {
    return new Pace(done, left, left, seconds, true);
  }

  private static Pace waiting(double left, double longest) {
    return new Pace(0, left, longest, 0, false);
  }

  private static Optional<Duration> left(int slots, Pace... kinds) {
    return TimeLeft.of(List.of(kinds), slots);
  }

  @Test
  void isToldOnceATenthOrAMinuteOfAKindWasSeen() {
    assertThat(left(1, going(0, 100, 0))).isEmpty();
    assertThat(left(1, going(9, 91, 9))).isEmpty();
    assertThat(left(1, going(10, 90, 10))).hasValue(Duration.ofSeconds(90));
    assertThat(left(1, going(10, 90, 4))).isEmpty();
    assertThat(left(1, going(1, 99, 60))).hasValue(Duration.ofSeconds(60 * 99));
    assertThat(left(1, going(100, 0, 60))).isEmpty();
    assertThat(left(1)).isEmpty();
  }

  @Test
  void waitsForEveryKindThatIsUnderWay() {
    Pace teacher = going(50, 50, 10);
    assertThat(left(2, teacher, waiting(40, 10))).isPresent();
    assertThat(left(2, teacher, going(1, 39, 2))).isEmpty();
  }

  @Test
  void waitsUntilHalfOfAllWorkIsOfKindsThatWereSeen() {
    Pace teacher = going(50, 50, 10);
    assertThat(left(1, teacher, waiting(100, 10))).hasValue(Duration.ofSeconds(10 + 20));
    assertThat(left(1, teacher, waiting(101, 10))).isEmpty();
  }

  @Test
  void isSharedBySlotsButForWhatOneHasToDoAlone() {
    assertThat(left(4, new Pace(100, 400, 100, 10, true))).hasValue(Duration.ofSeconds(10));
    assertThat(left(4, new Pace(100, 400, 300, 10, true))).hasValue(Duration.ofSeconds(30));
  }

  @Test
  void workOfAnotherKindGoesAtItsOwnRate() {
    Pace teacher = going(80, 20, 10);
    Pace trials = new Pace(50, 50, 50, 50, true);
    assertThat(left(1, teacher, trials).orElseThrow().toMillis()).isEqualTo(52_500);
  }

  /**
   * The quickstart's course on two slots, a look a second: slots that start for twenty seconds, a
   * teacher, a student, then eight trials that take twice what was estimated.
   */
  @Test
  void saysNothingThatIsFarFromWhatComes() {
    Course course = new Course(20);
    course.trains(0, "teacher", 4000, 100).trains(1, "students", 1000, 25);
    for (int slot : new int[] {1, 1, 1, 1, 1, 1, 1, 0}) {
      course.trains(slot, "trials", 250, 12.5);
    }
    int told = 0;
    for (int second = 1; second < course.end(); second++) {
      Optional<Duration> left = TimeLeft.of(course.paces(second), 2);
      if (left.isPresent()) {
        told++;
        double rest = course.end() - second;
        assertThat(left.orElseThrow().toMillis() / 1000.0)
            .as("after %s s", second)
            .isBetween(rest / 1.5 - 3, rest * 1.5 + 3);
      }
    }
    assertThat(TimeLeft.of(course.paces(25), 2)).isEmpty();
    assertThat((double) told).isGreaterThan(0.6 * course.end());
  }
}
