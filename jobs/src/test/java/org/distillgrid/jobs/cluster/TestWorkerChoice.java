package org.distillgrid.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.junit.jupiter.api.Test;

class TestWorkerChoice {
  private static final WorkerWishes NONE =
      new WorkerWishes(OptionalInt.empty(), OptionalLong.empty());
  private static final long GIBIBYTE = 1L << 30;

  // 768 MiB of heap, 450 MiB of the process and 300 MiB of tensors: 1518 MiB.
  private static final IntFunction<MemoryNeed> NEED =
      workers -> new MemoryNeed(768L << 20, 300L << 20);

  @Test
  void everyCoreHasItsExecutor() {
    Workers chosen = choice(cores(2, 21), 1, 8).choose(NONE);

    assertThat(chosen.count()).isEqualTo(2);
    assertThat(chosen.cores()).isEqualTo(1);
    assertThat(chosen.heapBytes()).isEqualTo(2 * GIBIBYTE);
    assertThat(chosen.areProcesses()).isTrue();
    assertThat(chosen.line())
        .isEqualTo(
            "Machine: 2 executors of 1 core and 2.7 GiB each (2 cores, 21.0 GiB free; a training"
                + " takes 1.5 GiB); --workers and --worker-memory change this");
  }

  @Test
  void threadsOfATrainingAreCoresOfItsExecutor() {
    Workers chosen = choice(cores(16, 64), 4, 100).choose(NONE);

    assertThat(chosen.count()).isEqualTo(4);
    assertThat(chosen.cores()).isEqualTo(4);
  }

  @Test
  void memoryCarriesFewerThanCores() {
    // 0.75 GiB for the driver leave 5.25 GiB: three of 1.48 GiB.
    Workers chosen = choice(cores(16, 6), 1, 100).choose(NONE);

    assertThat(chosen.count()).isEqualTo(3);
    assertThat(chosen.heapBytes() + (750L << 20)).isEqualTo(Math.round(1.75 * GIBIBYTE));
    assertThat(chosen.line())
        .contains("a training takes 1.5 GiB, the driver 0.8 GiB: the memory carries no more");
  }

  @Test
  void aMachineThatCannotCarryTwoRunsOneProcess() {
    Workers chosen = choice(cores(8, 3), 1, 100).choose(NONE);

    assertThat(chosen.count()).isEqualTo(1);
    assertThat(chosen.areProcesses()).isFalse();
    assertThat(chosen.line())
        .startsWith("Machine: one process (8 cores, 3.0 GiB free; a training takes 1.5 GiB, the")
        .contains("the memory carries no more");
  }

  @Test
  void moreExecutorsNeedLessEach() {
    IntFunction<MemoryNeed> shared = workers -> new MemoryNeed(0, 8 * GIBIBYTE / workers);

    assertThat(new WorkerChoice(cores(4, 11), 1, 100, shared).choose(NONE).count()).isEqualTo(4);
  }

  @Test
  void thereAreNoMoreThanTrials() {
    Workers chosen = choice(cores(16, 64), 1, 3).choose(NONE);

    assertThat(chosen.count()).isEqualTo(3);
    assertThat(chosen.line()).contains("and there is work for 3");
  }

  @Test
  void everyGpuHasItsExecutor() {
    Machine machine = new Machine(16, 64 * GIBIBYTE, List.of("0", "1"), 0);
    Workers chosen = choice(machine, 1, 100).choose(NONE);

    assertThat(chosen.count()).isEqualTo(2);
    assertThat(chosen.gpus()).containsExactly("0", "1");
    assertThat(chosen.cores()).isEqualTo(8);
    assertThat(chosen.line()).contains("(16 cores, 2 GPUs, 64.0 GiB free");

    Workers single = choice(new Machine(4, 64 * GIBIBYTE, List.of("0"), 0), 1, 100).choose(NONE);
    assertThat(single.areProcesses()).isTrue();
    assertThat(single.gpus()).containsExactly("0");
  }

  @Test
  void gpusThatPyTorchCannotUseAreSaid() {
    Workers chosen = choice(new Machine(4, 64 * GIBIBYTE, List.of(), 2), 1, 100).choose(NONE);

    assertThat(chosen.count()).isEqualTo(4);
    assertThat(chosen.line()).contains("4 cores, 2 GPUs idle: this PyTorch is one for CPUs");
  }

  @Test
  void whatIsAskedForIsTaken() {
    WorkerWishes five = new WorkerWishes(OptionalInt.of(5), OptionalLong.empty());
    Workers chosen = choice(cores(2, 4), 1, 1).choose(five);
    assertThat(chosen.count()).isEqualTo(5);
    assertThat(chosen.line()).contains("a training takes 1.5 GiB, more than is free for so many");

    WorkerWishes large = new WorkerWishes(OptionalInt.empty(), OptionalLong.of(4 * GIBIBYTE));
    Workers few = choice(cores(16, 10), 1, 100).choose(large);
    assertThat(few.count()).isEqualTo(2);
    assertThat(few.heapBytes()).isEqualTo(4 * GIBIBYTE - (750L << 20));
  }

  @Test
  void tooLittleMemoryIsRefusedWithTheNumber() {
    WorkerWishes little = new WorkerWishes(OptionalInt.empty(), OptionalLong.of(512L << 20));

    assertThatThrownBy(() -> choice(cores(2, 21), 1, 8).choose(little))
        .isInstanceOf(GridException.class)
        .hasMessage("Cannot start with --worker-memory 512m: a training of this spec takes 1518m")
        .extracting(failure -> ((GridException) failure).code())
        .isEqualTo(ErrorCode.USAGE);
  }

  private static WorkerChoice choice(Machine machine, int threads, int useful) {
    return new WorkerChoice(machine, threads, useful, NEED);
  }

  private static Machine cores(int cores, long gibibytes) {
    return new Machine(cores, gibibytes * GIBIBYTE, List.of(), 0);
  }
}
