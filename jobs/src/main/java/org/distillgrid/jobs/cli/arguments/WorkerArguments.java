package org.distillgrid.jobs.cli.arguments;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.distillgrid.jobs.cluster.Machine;
import org.distillgrid.jobs.cluster.SparkSessions;
import org.distillgrid.jobs.cluster.WorkerChoice;
import org.distillgrid.jobs.cluster.WorkerWishes;
import org.distillgrid.jobs.cluster.Workers;
import org.distillgrid.jobs.run.GridMemory;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.eval.MemoryBound;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of every command that trains or runs networks on this machine; used as a mixin. */
public final class WorkerArguments {
  private static final String COUNT = "--workers";
  private static final String MEMORY = "--worker-memory";
  private static final int MOST = 4096;

  @Option(
      names = COUNT,
      paramLabel = "N",
      description =
          "Executors on this machine, a process each; by default as many as its cores and memory"
              + " carry, or one for each GPU.")
  private Integer workers;

  @Option(
      names = MEMORY,
      paramLabel = "SIZE",
      converter = MemoryArguments.Size.class,
      description =
          "Memory of each executor, Java's heap and tensors together, as 1800m or 3g; by default"
              + " computed from the spec.")
  private MemoryBound memory;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /**
   * Returns the executors to start on this machine; nothing where a master is named.
   *
   * @param counting counts what the spec's trainings take
   * @throws GridException if both are asked for, or less memory than is needed
   */
  public Optional<Workers> choose(RunSpec spec, Supplier<GridMemory> counting) {
    WorkerWishes wishes = wishes();
    Optional<String> master = SparkSessions.namedMaster();
    if (master.isPresent()) {
      if (!wishes.areNone()) {
        throw GridException.of(
            ErrorCode.USAGE,
            "Cannot take %s with the master %s: it is for executors that are started here, where"
                + " no master is named",
            given(),
            master.get());
      }
      return Optional.empty();
    }
    GridMemory grid = counting.get();
    WorkerChoice choice =
        new WorkerChoice(Machine.here(), spec.cluster().threads(), grid.useful(), grid::need);
    return Optional.of(choice.choose(wishes));
  }

  private WorkerWishes wishes() {
    if (workers != null && (workers < 1 || workers > MOST)) {
      throw new ParameterException(
          command.commandLine(),
          "Invalid value for option '%s': want 1 to %d, not %d".formatted(COUNT, MOST, workers));
    }
    OptionalInt count = OptionalInt.empty();
    if (workers != null) {
      count = OptionalInt.of(workers);
    }
    OptionalLong bytes = OptionalLong.empty();
    if (memory != null) {
      bytes = OptionalLong.of(memory.bytes());
    }
    return new WorkerWishes(count, bytes);
  }

  private String given() {
    return Stream.of(COUNT, MEMORY)
        .filter(command.commandLine().getParseResult()::hasMatchedOption)
        .findFirst()
        .orElseThrow();
  }
}
