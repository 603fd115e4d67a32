package org.distillgrid.jobs.cluster;

import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/**
 * Chooses the executors of this machine: as many as its cores and its memory carry, or one for each
 * GPU.
 *
 * @param machine what there is
 * @param threads of one training, at least 1
 * @param useful how many executors can have work at once, at least 1
 * @param need returns what one of so many executors takes; more executors share less among each
 */
public record WorkerChoice(Machine machine, int threads, int useful, IntFunction<MemoryNeed> need) {
  // The driver's heap and code, chosen above what it was seen to take in the middle of a run.
  private static final long DRIVER = Bytes.ofMebibytes(768);

  // A heap that is larger than what is needed costs nothing until it is used.
  private static final long EASY_HEAP = Bytes.ofMebibytes(2048);

  private static final String CHANGED = "; --workers and --worker-memory change this";

  /**
   * Returns the executors.
   *
   * @param wishes taken as they are, even where the machine has less
   * @throws GridException if the memory that is asked for is less than what is needed
   */
  public Workers choose(WorkerWishes wishes) {
    int count = wishes.count().orElseGet(() -> carried(wishes));
    MemoryNeed each = need.apply(count);
    if (wishes.memoryBytes().isPresent()) {
      requireEnough(wishes.memoryBytes().getAsLong(), each);
    }
    long memory = wishes.memoryBytes().orElseGet(() -> easy(count, each));
    List<String> gpus = List.of();
    if (!machine.gpus().isEmpty() && count <= machine.gpus().size()) {
      gpus = machine.gpus().subList(0, count);
    }
    int cores = cores(count, gpus);
    long heap = memory - each.outsideHeap();
    Workers silent = new Workers(count, cores, heap, gpus, "");
    return new Workers(count, cores, heap, gpus, line(silent, memory, each, wishes));
  }

  /** Returns the most executors, at least 1, that have cores, memory and work. */
  private int carried(WorkerWishes wishes) {
    int count = Math.min(useful, seats());
    while (count > 1 && asked(count, wishes) > budget() / count) {
      count--;
    }
    return Math.max(1, count);
  }

  private long asked(int count, WorkerWishes wishes) {
    return wishes.memoryBytes().orElseGet(() -> need.apply(count).total());
  }

  private int seats() {
    if (!machine.gpus().isEmpty()) {
      return machine.gpus().size();
    }
    return machine.cores() / threads;
  }

  private int cores(int count, List<String> gpus) {
    if (gpus.isEmpty()) {
      return threads;
    }
    // What a GPU leaves the processor free for: decoding and cutting images.
    return Math.max(threads, machine.cores() / count);
  }

  private long budget() {
    return Math.max(0, machine.freeBytes() - DRIVER);
  }

  private long easy(int count, MemoryNeed each) {
    long wanted = each.outsideHeap() + Math.max(each.heapBytes(), EASY_HEAP);
    return Math.max(each.total(), Math.min(wanted, budget() / count));
  }

  private static void requireEnough(long given, MemoryNeed each) {
    if (given < each.total()) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot start with --worker-memory %dm: a training of this spec takes %dm",
          Bytes.mebibytes(given),
          Bytes.mebibytesUp(each.total()));
    }
  }

  private String line(Workers workers, long memory, MemoryNeed each, WorkerWishes wishes) {
    String there =
        String.format(
            Locale.ROOT,
            "%s%s, %s free; a training takes %s%s",
            counted(machine.cores(), "core"),
            cards(),
            Bytes.text(machine.freeBytes()),
            Bytes.text(each.total()),
            reason(workers.count(), wishes));
    if (!workers.areProcesses()) {
      return "Machine: one process (" + there + ")" + CHANGED;
    }
    return String.format(
        "Machine: %s of %s and %s each (%s)%s",
        counted(workers.count(), "executor"),
        counted(workers.cores(), "core"),
        Bytes.text(memory),
        there,
        CHANGED);
  }

  private String cards() {
    if (machine.idleGpus() > 0) {
      return ", " + counted(machine.idleGpus(), "GPU") + " idle: this PyTorch is one for CPUs";
    }
    if (machine.gpus().isEmpty()) {
      return "";
    }
    return ", " + counted(machine.gpus().size(), "GPU");
  }

  private String reason(int count, WorkerWishes wishes) {
    if (wishes.count().isPresent()) {
      if (asked(count, wishes) > budget() / count) {
        return ", more than is free for so many";
      }
      return "";
    }
    if (useful < seats() && count == useful) {
      return ", and there is work for " + count;
    }
    if (count < seats()) {
      return ", the driver " + Bytes.text(DRIVER) + ": the memory carries no more";
    }
    return "";
  }

  private static String counted(int number, String name) {
    if (number == 1) {
      return "1 " + name;
    }
    return number + " " + name + "s";
  }
}
