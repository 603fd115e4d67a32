package org.distillgrid.jobs.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.distillgrid.jobs.fleet.agenda.Cost;
import org.distillgrid.jobs.fleet.agenda.Item;
import org.distillgrid.jobs.fleet.agenda.Turn;
import org.distillgrid.jobs.journal.FinishedResult;
import org.distillgrid.jobs.worker.Order;
import org.distillgrid.jobs.worker.Training;
import org.distillgrid.jobs.worker.TrainingOrder;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rounds, losses and stops, on a cluster that is moved by hand. */
class TestFleet {
  private final RecordedStage stage = RecordedStage.goingOn();

  private static void run(HandCluster cluster, RecordedStage stage, TrainingOrder... orders) {
    Fleet fleet = new Fleet(cluster, cluster, stage, InstantSource.system());
    Workload work = fleet.workload(0);
    for (TrainingOrder order : orders) {
      stage.takes(order);
      order.trainings().forEach(each -> add(work, stage, each, order.attempt()));
    }
    fleet.run(work);
  }

  private static void add(Workload work, RecordedStage stage, Training training, String company) {
    work.add(
        new Item(training.id(), Set.of(), Cost.of(0), Turn.LONGEST_FIRST, company),
        new Work.Trained(stage, training.steps()));
  }

  /** An order to answer, or not. */
  private record Question(RuntimeException failure) implements Order<String> {
    @Override
    public String key() {
      return "question";
    }

    @Override
    public String purpose() {
      return "answer the question";
    }

    @Override
    public String carryOut() {
      if (failure != null) {
        throw failure;
      }
      return "42";
    }
  }

  @Test
  void carriesOutNoMoreAtOnceThanItHasSlots() {
    HandCluster cluster = new HandCluster(2);
    run(
        cluster,
        stage,
        PlainOrder.of("x1", "a", "b"),
        PlainOrder.of("x2", "c"),
        PlainOrder.of("x3", "d"));

    assertThat(cluster.mostAtOnce()).isEqualTo(2);
    assertThat(stage.started).containsExactly("a@x1", "b@x1", "c@x2", "d@x3");
    assertThat(stage.ended).containsOnlyKeys("a", "b", "c", "d");
    assertThat(stage.ended.values()).allMatch(FinishedResult.class::isInstance);
    assertThat(stage.lines.get(0).text()).isEqualTo("trials: 2/6 done, 3 running");
    assertThat(stage.lastLine().text()).startsWith("trials: 6/6 done");
    assertThat(stage.ends).isEqualTo(1);
    assertThat(cluster.cancelled()).isEmpty();
  }

  @Test
  void bringsATrainingHomeWhileItsCompanionsGoOn() {
    HandCluster cluster = new HandCluster(1).hangs("b").failAfter(4);
    cluster.leaves(PlainOrder.result("a", "x1-0", ""));

    assertThatThrownBy(() -> run(cluster, stage, PlainOrder.of("x1", "a", "b")))
        .isInstanceOf(GridException.class);
    assertThat(stage.ended).containsOnlyKeys("a");
    assertThat(stage.lastLine().parts().get(0).done()).isEqualTo(3);
  }

  @Test
  void aLostCohortIsTriedAgainMemberByMember() {
    HandCluster cluster = new HandCluster(1).kills("b", 1);
    run(cluster, stage, PlainOrder.of("x1", "a", "b", "c"));

    assertThat(cluster.orders()).containsExactly("train a b c", "train a", "train b", "train c");
    assertThat(stage.ended).containsOnlyKeys("a", "b", "c");
    assertThat(stage.ended.values()).allMatch(FinishedResult.class::isInstance);
    assertThat(stage.started).hasSize(6).doesNotHaveDuplicates();
  }

  @Test
  void whatIsLostThreeTimesFailsAlone() {
    HandCluster cluster = new HandCluster(1).kills("b", 3);
    run(cluster, stage, PlainOrder.of("x1", "a", "b"));

    assertThat(cluster.orders()).containsExactly("train a b", "train a", "train b", "train b");
    assertThat(stage.ended.get("a")).isInstanceOf(FinishedResult.class);
    assertThat(stage.ended.get("b"))
        .extracting("error")
        .isEqualTo("Cannot train: lost 3 times with its process: executor lost");
    assertThat(stage.lastLine().text()).contains("3/4 done").contains("1 failed");
  }

  @Test
  void aResultOutlivesTheProcessThatLeftIt() {
    HandCluster cluster = new HandCluster(1).kills("b", 1);
    cluster.leaves(PlainOrder.result("a", "x1-0", ""));
    run(cluster, stage, PlainOrder.of("x1", "a", "b"));

    assertThat(cluster.orders()).containsExactly("train a b", "train b");
    assertThat(stage.ended).containsOnlyKeys("a", "b");
  }

  @Test
  void aTrainingWithoutAWordIsTriedAgain() {
    // A cohort that answers for one member only, as one that is asked to stop does.
    HandCluster cluster = new HandCluster(1);
    SilentOrder silent = new SilentOrder(PlainOrder.of("x1", "a", "b"), "b");
    run(cluster, stage, silent);

    assertThat(cluster.orders()).containsExactly("train a b", "train b");
    assertThat(stage.ended).containsOnlyKeys("a", "b");
  }

  @Test
  void stopsAllOthersWhenTheStageSaysSo() {
    HandCluster cluster = new HandCluster(2).hangs("c");
    cluster.leaves(PlainOrder.result("a", "x1-0", "loss is NaN"));
    RecordedStage stopping = new RecordedStage(result -> FleetStage.Next.STOP);
    run(
        cluster,
        stopping,
        PlainOrder.of("x1", "a", "b"),
        PlainOrder.of("x2", "c"),
        PlainOrder.of("x3", "d"));

    assertThat(stopping.ended).containsOnlyKeys("a");
    assertThat(cluster.cancelled()).containsExactly("train a b", "train c");
    assertThat(stopping.ends).isEqualTo(1);
  }

  @Test
  void aStoppedClusterFailsNoTraining() {
    HandCluster cluster = new HandCluster(1).failAfter(2);

    assertThatThrownBy(
            () -> run(cluster, stage, PlainOrder.of("x1", "a"), PlainOrder.of("x2", "b")))
        .isInstanceOf(GridException.class)
        .hasMessage(
            "Cannot go on: Spark was stopped; the same command goes on from the last checkpoints")
        .extracting(failure -> ((GridException) failure).code())
        .isEqualTo(ErrorCode.CLUSTER);
    assertThat(stage.ended).isEmpty();
    assertThat(cluster.orders()).containsExactly("train a");
    assertThat(stage.ends).isEqualTo(1);
  }

  @Test
  void aStageThatThrowsLeavesNothingUnderWay() {
    HandCluster cluster = new HandCluster(1);
    RecordedStage broken =
        new RecordedStage(
            result -> {
              throw new IllegalStateException("the disk is full");
            });

    assertThatThrownBy(
            () -> run(cluster, broken, PlainOrder.of("x1", "a"), PlainOrder.of("x2", "b")))
        .hasMessage("the disk is full");
    assertThat(cluster.orders()).containsExactly("train a");
  }

  @Test
  void countsTheStepsOfThisRunAlone() {
    // Its cohort goes on from step 4 and was last seen at 7 of 10.
    HandCluster cluster = new HandCluster(1).hangs("b").failAfter(4).reaches("x1", 5);
    RecordedStage moving =
        new RecordedStage(
            result -> {
              cluster.reaches("x1", 7);
              return FleetStage.Next.GO_ON;
            });
    cluster.leaves(PlainOrder.result("a", "x1-0", ""));

    assertThatThrownBy(() -> run(cluster, moving, PlainOrder.of("x1", "a", "b")))
        .isInstanceOf(GridException.class);
    assertThat(moving.lastLine().stepsDone()).isEqualTo(6 + 3);
    assertThat(moving.lastLine().stepsLeft()).isEqualTo(3);
  }

  // Two steps beside the one that was under way at first, in twenty seconds: six are left, and what
  // comes after the last.
  @ParameterizedTest
  @CsvSource({"0, 40000, 37500", "3, 68571, 69643"})
  void tellsTheTimeLeftByWhatCameAfterTheFirstStep(double last, long millis, long laterMillis) {
    HandCluster cluster = new HandCluster(1).hangs("a").failAfter(6);
    AtomicLong now = new AtomicLong();
    List<Optional<Duration>> left = new ArrayList<>();
    // A start of a hundred seconds, then a step in ten; of ten steps the second is the first seen.
    long[] steps = {0, 0, 2, 4, 5};
    Progress progress =
        new Progress() {
          @Override
          public void show(ProgressLine line) {
            left.add(line.left());
            long step = steps[Math.min(left.size(), steps.length - 1)];
            long before = steps[left.size() - 1];
            now.addAndGet(100_000);
            if (before > 0) {
              now.addAndGet((step - before) * 10_000 - 100_000);
            }
            if (step > 0) {
              cluster.reaches("x1", step);
            }
          }

          @Override
          public void end() {}
        };
    Fleet fleet = new Fleet(cluster, cluster, progress, () -> Instant.ofEpochMilli(now.get()));
    Workload work = fleet.workload(0);
    PlainOrder order = PlainOrder.of("x1", "a");
    stage.takes(order);
    work.add(Item.of("a", Set.of(), Cost.of(7).andLast(last)), new Work.Trained(stage, 10));

    assertThatThrownBy(() -> fleet.run(work)).isInstanceOf(GridException.class);
    assertThat(left)
        .containsExactly(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(Duration.ofMillis(millis)),
            Optional.of(Duration.ofMillis(laterMillis)));
  }

  @Test
  void doesNothingForNoOrder() {
    run(new HandCluster(1), stage);

    assertThat(stage.lines).isEmpty();
    assertThat(stage.ends).isZero();
  }

  @Test
  void awaitsAnAnswer() {
    HandCluster cluster = new HandCluster(1);
    Fleet fleet = new Fleet(cluster, cluster, stage, InstantSource.system());

    assertThat(fleet.await(new Question(null))).isEqualTo("42");
    GridException known = GridException.of(ErrorCode.INPUT, "Cannot read the image");
    assertThatThrownBy(() -> fleet.await(new Question(known))).isSameAs(known);
    assertThatThrownBy(() -> fleet.await(new Question(new IllegalStateException("lost\nat 3"))))
        .isInstanceOf(GridException.class)
        .hasMessage("Cannot answer the question: lost");
    assertThat(cluster.cancelled()).isEmpty();
  }
}
