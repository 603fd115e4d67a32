package org.distillgrid.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A standalone master and workers as JVMs on the loopback, started by the files of {@code
 * cluster-conf/standalone}. Each worker has one core and pretends to have one GPU, whose address is
 * the worker's number. Needs the packaged jar.
 */
public final class StandaloneCluster implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration SUBMIT = Duration.ofMinutes(15);
  private static final String LOOPBACK = "127.0.0.1";
  private static final String EXECUTOR = "CoarseGrainedExecutorBackend";

  private final Path root;
  private final Path folder;
  private final List<Process> daemons = new ArrayList<>();
  private final List<Process> submitted = new CopyOnWriteArrayList<>();
  private final String master;

  /** How a submitted application ended. */
  public record Outcome(int exitStatus, String output, String errors) {}

  private StandaloneCluster(Path folder, int port) {
    this.root = projectRoot();
    this.folder = folder;
    this.master = "spark://" + LOOPBACK + ":" + port;
  }

  /**
   * Starts a master and workers and waits until all have registered.
   *
   * @param folder an empty folder for logs and for the workers' files
   * @param workers how many workers
   */
  public static StandaloneCluster start(Path folder, int workers) {
    int port = freePort();
    int statusPort = freePort();
    StandaloneCluster cluster = new StandaloneCluster(folder, port);
    try {
      cluster.startMaster(port, statusPort);
      for (int worker = 0; worker < workers; worker++) {
        cluster.startWorker(worker);
      }
      cluster.awaitWorkers(statusPort, workers);
      return cluster;
    } catch (RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
  }

  /** Returns the master's URL. */
  public String master() {
    return master;
  }

  /**
   * Runs a command of {@code bin/distill-grid} on the cluster and waits for its end.
   *
   * @param arguments the command and its arguments
   * @param configuration Spark properties, beside those of {@code spark-defaults.conf}
   */
  public Outcome submit(List<String> arguments, Map<String, String> configuration) {
    List<String> command = new ArrayList<>();
    command.add(root.resolve("bin/distill-grid").toString());
    command.addAll(List.of("--master", master));
    command.addAll(List.of("--properties-file", conf("spark-defaults.conf")));
    configuration.forEach((key, value) -> command.addAll(List.of("--spark", key + "=" + value)));
    command.addAll(arguments);
    return run(command);
  }

  /** Runs a command of {@code bin/distill-grid} beside the cluster, in a JVM of its own. */
  public Outcome locally(String localMaster, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(root.resolve("bin/distill-grid").toString());
    command.addAll(List.of("--master", localMaster));
    command.addAll(arguments);
    return run(command);
  }

  /** Kills the drivers of all applications that are being submitted, without a warning. */
  public void killDrivers() {
    submitted.forEach(StandaloneCluster::kill);
  }

  /** Kills one executor of the cluster without a warning; returns whether there was one. */
  public boolean killOneExecutor() {
    return daemons.stream()
        .flatMap(Process::descendants)
        .filter(process -> process.info().commandLine().orElse("").contains(EXECUTOR))
        .findFirst()
        .map(ProcessHandle::destroyForcibly)
        .orElse(false);
  }

  /**
   * Runs an application of the tests on the cluster by {@code spark-submit}, and waits for its end.
   *
   * @param main its main class
   * @param jar a jar with that class
   * @param configuration Spark properties, beside those of {@code spark-defaults.conf}
   */
  public Outcome submit(Class<?> main, Path jar, Map<String, String> configuration) {
    Path target = root.resolve("jobs/target");
    List<String> command = new ArrayList<>();
    command.add(target.resolve("spark-home/bin/spark-submit").toString());
    command.addAll(List.of("--master", master, "--class", main.getName()));
    command.addAll(List.of("--properties-file", conf("spark-defaults.conf")));
    configuration.forEach((key, value) -> command.addAll(List.of("--conf", key + "=" + value)));
    command.addAll(List.of("--jars", target.resolve("distill-grid.jar") + "," + natives(target)));
    command.add(jar.toString());
    return run(command);
  }

  /** Kills every process that this cluster started, and their children. */
  @Override
  public void close() {
    daemons.forEach(StandaloneCluster::kill);
    daemons.clear();
  }

  private void startMaster(int port, int statusPort) {
    List<String> command =
        List.of(
            conf("start-master.sh"),
            "--host",
            LOOPBACK,
            "--port",
            String.valueOf(port),
            "--webui-port",
            String.valueOf(statusPort));
    daemons.add(start(command, Map.of(), "master"));
  }

  private void startWorker(int number) {
    List<String> command =
        List.of(
            conf("start-worker.sh"),
            "--host",
            LOOPBACK,
            "--webui-port",
            "0",
            "--cores",
            "1",
            "--memory",
            "4g",
            "--work-dir",
            folder.resolve("work-" + number).toString(),
            master);
    Map<String, String> gpu = Map.of("DISTILL_GRID_FAKE_GPU", String.valueOf(number));
    daemons.add(start(command, gpu, "worker-" + number));
  }

  private Process start(List<String> command, Map<String, String> environment, String log) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(folder.resolve(log + ".log").toFile());
    isolate(builder.environment());
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Outcome run(List<String> command) {
    try {
      Path output = Files.createTempFile(folder, "submit", ".out");
      Path errors = Files.createTempFile(folder, "submit", ".err");
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.redirectOutput(output.toFile()).redirectError(errors.toFile());
      isolate(builder.environment());
      Process process = builder.start();
      submitted.add(process);
      try {
        boolean ended = process.waitFor(SUBMIT.toSeconds(), TimeUnit.SECONDS);
        String printed = Files.readString(errors);
        if (!ended) {
          throw new IllegalStateException("Still running after " + SUBMIT + ": " + printed);
        }
        return new Outcome(process.exitValue(), Files.readString(output), printed);
      } finally {
        kill(process);
        submitted.remove(process);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What the machine configures for its own Spark must not reach the cluster of the build. */
  static void isolate(Map<String, String> environment) {
    environment.keySet().removeIf(name -> name.startsWith("SPARK_"));
    environment.keySet().removeIf(name -> name.startsWith("DISTILL_GRID_"));
    environment.put("SPARK_LOCAL_IP", LOOPBACK);
  }

  private void awaitWorkers(int statusPort, int workers) {
    long deadline = System.nanoTime() + START.toNanos();
    while (aliveWorkers(statusPort) < workers) {
      boolean dead = daemons.stream().anyMatch(daemon -> !daemon.isAlive());
      if (dead || System.nanoTime() > deadline) {
        throw new IllegalStateException("No cluster of " + workers + " workers:\n" + logs());
      }
      try {
        Thread.sleep(200);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  private static long aliveWorkers(int statusPort) {
    try {
      URI status = URI.create("http://" + LOOPBACK + ":" + statusPort + "/json/");
      JsonNode workers = new ObjectMapper().readTree(status.toURL()).path("workers");
      return workers.findValuesAsText("state").stream().filter("ALIVE"::equals).count();
    } catch (IOException e) {
      return 0;
    }
  }

  private String logs() {
    StringBuilder text = new StringBuilder();
    try (var files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".log")).sorted().toList()) {
        text.append(file.getFileName()).append(":\n").append(Files.readString(file)).append('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private String conf(String file) {
    return root.resolve("cluster-conf/standalone").resolve(file).toString();
  }

  private static String natives(Path target) {
    try (var files = Files.list(target.resolve("native"))) {
      return String.join(",", files.map(Path::toString).sorted().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void kill(Process process) {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    process.onExit().join();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path projectRoot() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("bin/distill-grid"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
