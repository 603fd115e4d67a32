package org.distillgrid.clusters;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Processes of these tests: servers that are JVMs like this one, and what the tests kill. */
final class Processes {
  private static final String LOOPBACK = "127.0.0.1";

  private Processes() {}

  /**
   * Starts a class in a JVM of its own and waits until it serves.
   *
   * @param log takes what it prints
   * @param serves tells whether it does
   */
  static Process server(Class<?> main, Path log, List<String> arguments, BooleanSupplier serves)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    command.addAll(
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(option -> option.startsWith("--add-opens") || option.startsWith("-X"))
            .toList());
    Path quiet = Launcher.root().resolve("jobs/target/spark-home/conf/log4j2.properties");
    command.add("-Dlog4j2.configurationFile=" + quiet);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(log.toFile());
    isolate(builder.environment());
    Process process = builder.start();
    Launcher.await(() -> !process.isAlive() || serves.getAsBoolean());
    if (!process.isAlive()) {
      throw new AssertionError(main.getName() + " did not start:\n" + Files.readString(log));
    }
    return process;
  }

  /** What the machine configures for its own Spark and Hadoop must not reach those of the tests. */
  static void isolate(Map<String, String> environment) {
    for (String prefix : List.of("SPARK_", "DISTILL_GRID_", "HADOOP_", "YARN_", "AWS_")) {
      environment.keySet().removeIf(name -> name.startsWith(prefix));
    }
    environment.put("SPARK_LOCAL_IP", LOOPBACK);
  }

  /** Kills the first JVM below a process whose command line names a class; tells if there was. */
  static boolean killOne(Process process, String type) {
    return javas(process, type).findFirst().map(ProcessHandle::destroyForcibly).orElse(false);
  }

  /** Kills a process and all below it. */
  static void kill(Process process) {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    process.onExit().join();
  }

  /** Returns the entries of this JVM's class path whose file name passes. */
  static List<Path> jars(Predicate<String> name) {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(path -> name.test(path.toString()))
        .toList();
  }

  // A container is a shell whose words have all of the JVM's.
  private static Stream<ProcessHandle> javas(Process process, String type) {
    return process
        .descendants()
        .filter(each -> each.info().command().orElse("").endsWith("/java"))
        .filter(each -> each.info().commandLine().orElse("").contains(type));
  }
}
