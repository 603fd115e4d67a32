package org.distillgrid.jobs.fleet.agenda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a whole cluster makes of a large grid, by the clock of a simulation. */
class TestManyTrials {
  private static final int SLOTS = 1000;
  private static final int SEEDS = 10;
  private static final int STUDENTS = 20;
  private static final int TRIALS = 10_000;

  private final Random random = new Random(7);
  private double total;
  private double chain;

  /** A teacher, students of every seed, and trials of which half read the teacher. */
  private Simulation grid(double shared) {
    Simulation grid = new Simulation(SLOTS, 0);
    double teacher = 60;
    add(grid, Item.of("teacher", Set.of(), Cost.of(teacher)));
    double[] students = new double[STUDENTS];
    for (int student = 0; student < STUDENTS; student++) {
      students[student] = 1 + random.nextInt(20);
      for (int seed = 0; seed < SEEDS; seed++) {
        Cost cost = Cost.of(students[student]);
        String company = "students " + seed;
        String id = "student " + student + " " + seed;
        add(grid, new Item(id, Set.of(), cost, Turn.LONGEST_FIRST, company));
      }
    }
    for (int number = 0; number < TRIALS; number++) {
      int student = random.nextInt(STUDENTS);
      int seed = random.nextInt(SEEDS);
      double own = students[student] * (0.5 + 2 * random.nextDouble());
      String start = "student " + student + " " + seed;
      String company = "trials " + seed;
      Set<String> needs = Set.of(start);
      Cost cost = Cost.of(own);
      chain = Math.max(chain, students[student] + own);
      if (number % 2 == 0) {
        needs = Set.of(start, "teacher");
        cost = new Cost(own, shared);
        chain = Math.max(chain, teacher + own + shared);
      }
      add(grid, new Item("trial " + number, needs, cost, Turn.LONGEST_FIRST, company));
    }
    return grid;
  }

  private void add(Simulation grid, Item item) {
    total += item.cost().own();
    grid.add(item);
  }

  private double ideal() {
    return Math.max(total / SLOTS, chain);
  }

  @Test
  void tenThousandTrialsEndAtAlmostTheEarliestTime() {
    Simulation grid = grid(0);

    assertThat(grid.run()).isGreaterThanOrEqualTo(ideal()).isLessThan(1.1 * ideal());
    assertThat(grid.begun("teacher")).isZero();
  }

  @Test
  void theTeachersPassesAreShared() {
    double passes = 5;
    Simulation grid = grid(passes);
    double time = grid.run();

    assertThat(grid.busy() - total).isLessThan(0.6 * passes * TRIALS / 2);
    assertThat(time).isLessThan(1.2 * Math.max(chain, grid.busy() / SLOTS));
  }

  @Test
  void whereTheTeacherIsDearestEachSlotRunsItAboutOnce() {
    double passes = 60;
    Simulation grid = grid(passes);
    double time = grid.run();

    assertThat(grid.busy() - total).isLessThan(1.1 * passes * SLOTS);
    // A cohort takes most of the whole time: one of the few that begin late ends late.
    assertThat(time).isLessThan(1.5 * Math.max(chain, grid.busy() / SLOTS));
  }

  @Test
  void slowSlotsTakeLess() {
    Simulation grid = grid(0);
    for (int slot = 0; slot < SLOTS; slot += 2) {
      grid.slow(slot, 1.5);
    }
    // Half of the slots do two thirds of the others' work in the same time.
    double ideal = Math.max(total / (SLOTS * (0.5 + 0.5 / 1.5)), 1.5 * chain);

    assertThat(grid.run()).isLessThan(1.15 * ideal);
  }
}
