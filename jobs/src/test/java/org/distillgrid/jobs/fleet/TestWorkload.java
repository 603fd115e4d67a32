package org.distillgrid.jobs.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.distillgrid.jobs.fleet.agenda.Cost;
import org.distillgrid.jobs.fleet.agenda.Item;
import org.distillgrid.jobs.fleet.agenda.Turn;
import org.distillgrid.jobs.worker.Order;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.junit.jupiter.api.Test;

/** Work that needs other work, on a cluster that is moved by hand. */
class TestWorkload {
  private final RecordedStage trials = RecordedStage.goingOn();
  private final List<String> told = new ArrayList<>();

  /** An order that leaves its name, or fails. */
  private record Named(String key, RuntimeException failure) implements Order<String> {
    @Override
    public String purpose() {
      return "ask " + key;
    }

    @Override
    public String carryOut() {
      if (failure != null) {
        throw failure;
      }
      return key;
    }
  }

  private Work asked(String name) {
    return new Work.Answered<>(name, () -> new Named(name, null), told::add);
  }

  private Work beside(String name) {
    return new Work.Beside<>(
        name,
        () -> told.add("begins " + name),
        () -> {
          told.add("works on " + name);
          return name;
        },
        told::add);
  }

  private void train(Workload work, String id, String... needs) {
    trials.takes(PlainOrder.of("x-" + id, id));
    work.add(Item.of(id, Set.of(needs), Cost.of(1)), new Work.Trained(trials, 10));
  }

  private static void add(Workload work, String id, Turn turn, Work how, String... needs) {
    work.add(new Item(id, Set.of(needs), Cost.of(1), turn, ""), how);
  }

  @Test
  void eachBeginsWhenWhatItNeedsIsDone() {
    HandCluster cluster = new HandCluster(2);
    Fleet fleet = new Fleet(cluster, cluster, trials, InstantSource.system());
    Workload work = fleet.workload(0);
    train(work, "none");
    train(work, "logits", "teacher");
    add(work, "teacher", Turn.LONGEST_FIRST, asked("teacher"));
    add(work, "references", Turn.FIRST, asked("references"), "teacher");
    add(work, "scores", Turn.BESIDE, beside("scores"), "teacher");
    fleet.run(work);

    assertThat(cluster.orders())
        .containsExactly("ask teacher", "train none", "ask references", "train logits");
    assertThat(told)
        .containsExactly("teacher", "begins scores", "works on scores", "scores", "references");
    assertThat(trials.lines.get(0).text()).contains("trials: 2/4 done, 1 running; teacher: 0/1");
    assertThat(trials.ended).containsOnlyKeys("none", "logits");
  }

  @Test
  void lookedIsSaidBetweenTrainingsAndAfterTheLast() {
    HandCluster cluster = new HandCluster(1);
    Fleet fleet = new Fleet(cluster, cluster, trials, InstantSource.system());
    Workload work = fleet.workload(0);
    train(work, "first");
    train(work, "second");
    List<Integer> ended = new ArrayList<>();
    fleet.run(work, () -> ended.add(trials.ended.size()));

    assertThat(ended).contains(1).endsWith(2).isSorted();
  }

  @Test
  void whereThereIsOneProcessNothingIsBesideATraining() {
    HandCluster cluster = new HandCluster(1).ofOneProcess();
    Fleet fleet = new Fleet(cluster, cluster, trials, InstantSource.system());
    Workload work = fleet.workload(0);
    train(work, "none");
    Work counting =
        new Work.Beside<>(
            "scores", () -> {}, cluster::orders, orders -> told.add("beside " + orders));
    add(work, "scores", Turn.BESIDE, counting);
    fleet.run(work);

    assertThat(told).containsExactly("beside []");
    assertThat(cluster.orders()).containsExactly("train none");
    assertThat(trials.ended).containsOnlyKeys("none");
  }

  @Test
  void aFailureTakesAlongWhatNeedsIt() {
    HandCluster cluster = new HandCluster(1);
    Fleet fleet = new Fleet(cluster, cluster, trials, InstantSource.system());
    Workload work = fleet.workload(0);
    train(work, "student");
    train(work, "other");
    train(work, "trial", "student");
    cluster.leaves(PlainOrder.result("student", "x-student-0", "loss is NaN"));
    fleet.run(work);

    assertThat(trials.dropped).containsOnlyKeys("trial").containsEntry("trial", "loss is NaN");
    assertThat(trials.ended).containsOnlyKeys("student", "other");
    assertThat(trials.lastLine().text()).startsWith("trials: 3/5 done, 2 failed");
  }

  @Test
  void whatFollowsWaitsForTheEndWhateverThatIs() {
    HandCluster cluster = new HandCluster(2);
    Fleet fleet = new Fleet(cluster, cluster, trials, InstantSource.system());
    Workload work = fleet.workload(0);
    train(work, "student");
    train(work, "first", "student");
    train(work, "second");
    trials.takes(PlainOrder.of("x-chosen", "chosen"));
    work.add(
        new Item("chosen", Set.of(), Set.of("first", "second"), Cost.of(1), Turn.LONGEST_FIRST, ""),
        new Work.Trained(trials, 10));
    cluster.leaves(PlainOrder.result("student", "x-student-0", "loss is NaN"));
    fleet.run(work);

    assertThat(trials.dropped).containsOnlyKeys("first");
    assertThat(trials.ended).containsOnlyKeys("student", "second", "chosen");
    assertThat(cluster.orders()).last().isEqualTo("train chosen");
    assertThat(trials.lastLine().text()).startsWith("trials: 4/6 done, 2 failed");
  }

  @Test
  void twoStagesMayTrainWhatHasOneId() {
    HandCluster cluster = new HandCluster(2).kills("edsr", 1);
    Fleet fleet = new Fleet(cluster, cluster, trials, InstantSource.system());
    Workload work = fleet.workload(0);
    RecordedStage teacher = RecordedStage.goingOn();
    teacher.takesAs("teacher", PlainOrder.of("x-teacher", "edsr"));
    work.add(Item.of("teacher", Set.of(), Cost.of(1)), new Work.Trained(teacher, 10));
    train(work, "edsr");
    train(work, "taught", "teacher", "edsr");
    fleet.run(work);

    assertThat(teacher.ended).containsOnlyKeys("edsr");
    assertThat(trials.ended).containsOnlyKeys("edsr", "taught");
    assertThat(cluster.orders())
        .containsExactly("train edsr", "train edsr", "train edsr", "train taught");
  }

  @Test
  void aStageFindsThatSomethingNeedNotBeDone() {
    HandCluster cluster = new HandCluster(1);
    Fleet fleet = new Fleet(cluster, cluster, trials, InstantSource.system());
    Workload work = fleet.workload(0);
    Work teacher =
        new Work.Answered<>(
            "teacher", () -> new Named("teacher", null), answer -> work.settle("found"));
    add(work, "teacher", Turn.FIRST, teacher);
    train(work, "found", "teacher");
    train(work, "after", "found");
    fleet.run(work);

    assertThat(cluster.orders()).containsExactly("ask teacher", "train after");
    assertThat(trials.lastLine().text()).startsWith("trials: 3/3 done");
  }

  @Test
  void aFailedOrderEndsTheRunAndBringsHomeWhatIsDone() {
    HandCluster cluster = new HandCluster(2).hangs("other");
    Fleet fleet = new Fleet(cluster, cluster, trials, InstantSource.system());
    Workload work = fleet.workload(0);
    GridException failure = GridException.of(ErrorCode.TRAINING, "Cannot train teacher edsr");
    add(
        work,
        "teacher",
        Turn.FIRST,
        new Work.Answered<>("teacher", () -> new Named("teacher", failure), told::add));
    train(work, "other");
    train(work, "taught", "teacher");
    cluster.leaves(PlainOrder.result("other", "x-other-0", ""));

    assertThatThrownBy(() -> fleet.run(work)).isSameAs(failure);
    assertThat(trials.ended).containsOnlyKeys("other");
    assertThat(cluster.orders()).doesNotContain("train taught");
    assertThat(trials.ends).isEqualTo(1);
  }

  @Test
  void twoThousandThatWaitAreNotLookedAt() {
    HandCluster cluster = new HandCluster(2).hangs("running").failAfter(50);
    Fleet fleet = new Fleet(cluster, cluster, trials, InstantSource.system());
    Workload work = fleet.workload(0);
    train(work, "running");
    for (int i = 0; i < 2000; i++) {
      train(work, "waits " + i, "running");
    }
    work.add(Item.of("never", Set.of(), Cost.of(1)), asked("never"));

    assertThatThrownBy(() -> fleet.run(work)).hasMessageContaining("Spark was stopped");
    // One look a pause at the one that runs; nothing else was made an order of.
    assertThat(cluster.looks()).isLessThanOrEqualTo(50);
    assertThat(cluster.orders()).hasSize(2);
    assertThat(trials.lastLine().text()).contains("trials: 2/2003 done, 1 running");
  }
}
