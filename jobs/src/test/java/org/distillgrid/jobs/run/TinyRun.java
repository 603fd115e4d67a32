package org.distillgrid.jobs.run;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.distillgrid.jobs.cli.DistillGrid;
import org.distillgrid.jobs.folder.JsonFiles;
import org.distillgrid.jobs.folder.RunFiles;
import org.distillgrid.jobs.journal.FinishedResult;
import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.kd.distill.Method;
import org.distillgrid.kd.image.ImageWriter;
import org.distillgrid.kd.image.PlanarImage;
import picocli.CommandLine;

/** A grid of a few steps on images of a few pixels, run as a user runs it. */
final class TinyRun implements AutoCloseable {
  private static final Map<String, String> SPARK =
      Map.of(
          "spark.master", "local[2]",
          "spark.sql.shuffle.partitions", "2",
          // Compiling a plan takes longer than these few rows take without.
          "spark.sql.codegen.wholeStage", "false",
          "spark.driver.host", "127.0.0.1");

  private final Path folder;
  private final ClassLoader before = Thread.currentThread().getContextClassLoader();
  private final URLClassLoader methods;

  /** What a command left on the screen. */
  record Outcome(int status, String out, String err) {}

  TinyRun(Path folder) throws IOException {
    this.folder = folder;
    for (int i = 0; i < 3; i++) {
      image(folder.resolve("train/" + i + ".png"), 64, i);
    }
    for (int i = 0; i < 2; i++) {
      image(folder.resolve("test/" + i + ".png"), 40, 10 + i);
    }
    Path services = folder.resolve("classes/META-INF/services");
    Files.createDirectories(services);
    Files.writeString(services.resolve(Method.class.getName()), FragileMethod.class.getName());
    methods = new URLClassLoader(new URL[] {folder.resolve("classes").toUri().toURL()}, before);
    Thread.currentThread().setContextClassLoader(methods);
    SPARK.forEach(System::setProperty);
  }

  /** Writes the spec and runs a command on it. */
  Outcome run(String command, String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(command, spec().toString()));
    all.addAll(List.of(arguments));
    if (command.equals("run")) {
      // It takes longer than so few steps.
      all.add("--no-report");
    }
    return execute(all.toArray(String[]::new));
  }

  /** Writes the spec and returns its file. */
  Path spec() throws IOException {
    return Files.writeString(folder.resolve("tiny.yaml"), yaml());
  }

  /** Runs a command as it is. */
  static Outcome execute(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = DistillGrid.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int status = line.execute(arguments);
    return new Outcome(status, out.toString(), err.toString());
  }

  /** Returns the results of all attempts at trials that have ended, by attempt. */
  Map<String, TrialResult> results(String output) throws IOException {
    JsonFiles json = new JsonFiles(new RunFiles(new Configuration()));
    Map<String, TrialResult> results = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder.resolve(output).resolve("attempts"))) {
      for (Path file : files.filter(path -> path.endsWith("result.json")).toList()) {
        TrialResult result =
            json.read(new org.apache.hadoop.fs.Path(file.toUri()), TrialResult.class).orElseThrow();
        results.put(result.attempt() + "/" + result.trialId(), result);
      }
    }
    return results;
  }

  /** Returns the results of the attempts that finished, likewise. */
  Map<String, FinishedResult> finished(String output) throws IOException {
    Map<String, FinishedResult> finished = new TreeMap<>();
    results(output)
        .forEach(
            (attempt, result) -> {
              if (result instanceof FinishedResult whole) {
                finished.put(attempt, whole);
              }
            });
    return finished;
  }

  Path folder(String output) {
    return folder.resolve(output);
  }

  @Override
  public void close() throws IOException {
    SPARK.keySet().forEach(System::clearProperty);
    Thread.currentThread().setContextClassLoader(before);
    methods.close();
  }

  private String yaml() {
    return """
    name: tiny
    data: {train: [train], patch: 32, stride: 32}
    task: {name: sr, scale: 2}
    teacher:
      model: edsr-c4-b1
      train: {steps: 4, batch: 2, validateEvery: 4, checkpointEvery: 2}
    grid:
      student: [edsr-c4-b1]
      bits: [fp, w4a4]
      quantizer: [lsq]
      method: [none]
      seed: [0]
      include: [{bits: [w4a4], method: [fragile]}]
    train:
      pretrain: {steps: 4, batch: 2, validateEvery: 4, checkpointEvery: 2}
      steps: 6
      batch: 2
      validateEvery: 3
      checkpointEvery: 2
      calibrationBatches: 1
      validatePatches: 2
    evaluate: {sets: [{name: test, path: test}]}
    output: {path: "%s"}
    """
        .formatted(folder.resolve("run"));
  }

  private static void image(Path file, int side, long seed) throws IOException {
    Random random = new Random(seed);
    double slope = 0.05 + random.nextDouble() / 5;
    byte[] samples = new byte[3 * side * side];
    for (int i = 0; i < samples.length; i++) {
      int row = i / side % side;
      int column = i % side;
      double wave = Math.sin(slope * (row + 2 * column) + i / (side * side));
      samples[i] = (byte) (int) (127.5 + 100 * wave + random.nextInt(8));
    }
    Files.createDirectories(file.getParent());
    ImageWriter.write(new PlanarImage(3, side, side, samples), file);
  }
}
