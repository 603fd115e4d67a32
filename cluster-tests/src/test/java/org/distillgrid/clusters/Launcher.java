package org.distillgrid.clusters;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Runs {@code bin/distill-grid} as a person would, with Spark properties and an environment that
 * all its commands share. What they print is kept in a folder.
 */
record Launcher(Path folder, Map<String, String> environment, Map<String, String> properties) {
  private static final long MINUTES = 20;

  /** A command that runs. */
  record Started(Process process, Path output, Path errors) {
    /** Kills it without a warning. */
    void kill() {
      Processes.kill(process);
    }

    /** Waits for its end; returns what it printed and how it ended. */
    Outcome outcome() throws IOException, InterruptedException {
      try {
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
          throw new AssertionError("Still running: " + Files.readString(errors));
        }
        return new Outcome(process.exitValue(), Files.readString(output), Files.readString(errors));
      } finally {
        kill();
      }
    }
  }

  /** How a command ended. */
  record Outcome(int status, String output, String errors) {}

  /** Returns the folder that has {@code bin/distill-grid}. */
  static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("bin/distill-grid"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  /** Returns a launcher whose commands have these Spark properties, too. */
  Launcher with(Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(properties);
    all.putAll(more);
    return new Launcher(folder, environment, all);
  }

  /**
   * Starts a command.
   *
   * @param options what comes before the command, for instance {@code --master yarn}
   * @param arguments the command and its arguments
   */
  Started start(List<String> options, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(root().resolve("bin/distill-grid").toString());
    command.addAll(options);
    properties.forEach((key, value) -> command.addAll(List.of("--spark", key + "=" + value)));
    command.addAll(arguments);
    Path output = Files.createTempFile(folder, arguments.get(0), ".out");
    Path errors = Files.createTempFile(folder, arguments.get(0), ".err");
    // Properties files name files of the checkout.
    ProcessBuilder builder = new ProcessBuilder(command).directory(root().toFile());
    builder.redirectOutput(output.toFile()).redirectError(errors.toFile());
    Processes.isolate(builder.environment());
    builder.environment().putAll(environment);
    return new Started(builder.start(), output, errors);
  }

  /** Runs a command to its end. */
  Outcome run(List<String> options, List<String> arguments)
      throws IOException, InterruptedException {
    return start(options, arguments).outcome();
  }

  /** Returns the lines that answer a query over a run's tables, without the columns' names. */
  List<String> sql(List<String> options, String run, String query)
      throws IOException, InterruptedException {
    Outcome outcome = run(options, List.of("sql", "--csv", run, query));
    if (outcome.status() != 0) {
      throw new AssertionError(outcome.errors());
    }
    return outcome.output().lines().skip(1).toList();
  }

  /** Returns what every trial of a run ended as: its id, its state and the hash of its weights. */
  List<String> trials(List<String> options, String run) throws IOException, InterruptedException {
    List<String> trials =
        sql(options, run, "SELECT trial_id, status, weight_hash FROM trials ORDER BY trial_id");
    if (new TreeSet<>(trials).size() != trials.size()) {
      throw new AssertionError("A trial stands twice: " + trials);
    }
    return trials;
  }

  /** Waits until something holds. */
  static void await(BooleanSupplier condition) throws InterruptedException {
    for (int tenths = 0; tenths < MINUTES * 600; tenths++) {
      if (condition.getAsBoolean()) {
        return;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("Waited in vain");
  }
}
