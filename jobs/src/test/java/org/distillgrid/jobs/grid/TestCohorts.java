package org.distillgrid.jobs.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TestCohorts {
  private record Member(String id, long seed) {}

  private static List<Member> members(int trials, int seeds) {
    return IntStream.range(0, trials * seeds)
        .mapToObj(i -> new Member("t" + i, i % seeds))
        .toList();
  }

  private static List<List<Member>> cohorts(int slots, int largest, List<Member> members) {
    return new Cohorts(slots, largest).of(members, Member::seed);
  }

  private static List<Integer> sizes(int slots, int largest, List<Member> members) {
    return cohorts(slots, largest, members).stream().map(List::size).toList();
  }

  @Test
  void oneSlotTakesAllTrialsOfASeedAtOnce() {
    assertThat(sizes(1, 0, members(8, 1))).containsExactly(8);
    assertThat(sizes(1, 0, members(8, 3))).containsExactly(8, 8, 8);
  }

  @Test
  void fillsTheSlotsBeforeItShares() {
    assertThat(sizes(4, 0, members(8, 1))).containsExactly(2, 2, 2, 2);
    assertThat(sizes(3, 0, members(8, 1))).containsExactly(3, 3, 2);
    assertThat(sizes(16, 0, members(8, 1))).hasSize(8).containsOnly(1);
  }

  @Test
  void sharesExtraSlotsAmongTheFullestSeeds() {
    List<Member> uneven = new ArrayList<>(members(6, 1));
    uneven.add(new Member("x", 7));
    uneven.add(new Member("y", 7));

    assertThat(sizes(2, 0, uneven)).containsExactly(6, 2);
    assertThat(sizes(4, 0, uneven)).containsExactly(2, 2, 2, 2);
  }

  @Test
  void keepsTheBoundOnACohort() {
    assertThat(sizes(1, 3, members(8, 1))).containsExactly(3, 3, 2);
    assertThat(sizes(1, 1, members(4, 2))).hasSize(8).containsOnly(1);
    assertThat(sizes(4, 8, members(8, 1))).containsExactly(2, 2, 2, 2);
  }

  @Test
  void neverMixesSeedsAndLosesNobody() {
    for (int slots = 1; slots < 12; slots++) {
      for (int largest = 0; largest < 6; largest++) {
        List<Member> members = members(7, 3);
        List<List<Member>> cohorts = cohorts(slots, largest, members);

        assertThat(cohorts.stream().flatMap(List::stream))
            .containsExactlyInAnyOrderElementsOf(members);
        assertThat(cohorts)
            .allSatisfy(
                cohort -> assertThat(cohort.stream().map(Member::seed).distinct()).hasSize(1));
        assertThat(cohorts).hasSizeGreaterThanOrEqualTo(Math.max(3, Math.min(slots, 21)));
        assertThat(cohorts(slots, largest, members)).isEqualTo(cohorts);
      }
    }
  }

  @Test
  void nothingToTrainNeedsNoCohort() {
    assertThat(cohorts(4, 0, List.of())).isEmpty();
  }

  @Test
  void refusesZeroSlots() {
    assertThatThrownBy(() -> new Cohorts(0, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
