package org.distillgrid.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A JVM of its own with little memory, for tests of what fits into it.
 *
 * @param heap its heap in MiB
 * @param young the part of the heap for what is new; what is larger must fit into the rest
 */
public record SmallJvm(int heap, int young) {
  /**
   * What came of a class with a main method.
   *
   * @param exit its exit status
   * @param output what it printed
   */
  public record Outcome(int exit, String output) {
    /** Returns its last line, which a class prints that came to its end. */
    public String lastLine() {
      assertThat(exit).as(output).isZero();
      return output.lines().reduce((first, second) -> second).orElse("");
    }
  }

  /** Runs a class under the settings of this JVM, and waits for its end. */
  public Outcome run(Class<?> main, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> !option.startsWith("-Xmx"))
        .forEach(command::add);
    command.addAll(List.of("-Xmx" + heap + "m", "-Xmn" + young + "m", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), output);
  }
}
