package org.distillgrid.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.LibUtils;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The GPU check is built, and run on the CPU as it would be on a machine without Java: with nothing
 * on the path but a Python, and with the PyTorch of this build in place of that Python's own.
 */
class IntegrationTestGpuCheck {
  private static final long MOST_BYTES = 60L * 1024 * 1024;
  private static final Path BUNDLE = Path.of("target", "gpu-check").toAbsolutePath();
  private static final String PYTHON = "/usr/bin/python3";

  @TempDir Path folder;

  /** How a process ended, and what it printed, on standard error too. */
  private record Ended(int status, String printed) {}

  @BeforeAll
  static void build() throws Exception {
    Path script = Path.of("gpu", "check.sh").toAbsolutePath();
    Ended built = run(List.of(script.toString(), "--no-build"), Map.of(), Path.of("."));
    assertThat(built.status()).as(built.printed()).isZero();
  }

  @Test
  void theArchiveIsSmallAndHoldsNoPyTorch() throws IOException {
    Path archive = BUNDLE.resolveSibling("gpu-check.tar.gz");
    assertThat(Files.size(archive)).isLessThanOrEqualTo(MOST_BYTES);
    try (Stream<Path> files = Files.walk(BUNDLE)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith("libtorch") || name.startsWith("pytorch-native"))
          .anyMatch(name -> name.endsWith("libdjl_torch.so"));
    }
    try (Stream<Path> images = Files.list(BUNDLE.resolve("images"))) {
      assertThat(images.count()).isBetween(12L, 20L);
    }
  }

  @Test
  void everyPartPassesOnTheCpu() throws Exception {
    Path output = folder.resolve("found.json");
    Ended checked = check(output, engine());
    assertThat(checked.status()).as(checked.printed()).isZero();

    JsonNode found = new ObjectMapper().readTree(output.toFile());
    JsonNode parts = found.get("parts");
    assertThat(parts.findValues("error")).isEmpty();
    assertThat(parts.at("/engine (cpu)/product_right").asBoolean()).isTrue();
    assertThat(parts.at("/forward/max_difference").asDouble(1)).isZero();
    assertThat(parts.at("/repeat/same").asBoolean()).isTrue();
    assertThat(parts.at("/cohort/trials").asInt()).isEqualTo(8);
    assertThat(parts.at("/cohort/member_as_alone").asBoolean()).isTrue();
    assertThat(parts.at("/memory/host_mib_end").asDouble()).isPositive();
    assertThat(found.get("steps")).hasSize(4).allMatch(row -> row.get("jvm_ms").asDouble() > 0);
    if (found.get("torch").isNull()) {
      assertThat(checked.printed()).contains("Leaving out PyTorch eager:");
    } else {
      assertThat(found.get("steps")).allMatch(row -> row.at("/over_exact/median").asDouble() > 0);
    }
  }

  @Test
  void aBridgeThatDoesNotFitIsOneErrorLineAndAStatus() throws Exception {
    Path torch = Files.createDirectories(folder.resolve("torch"));
    Files.writeString(torch.resolve("libtorch.so"), "not a library");
    Path output = folder.resolve("found.json");
    Ended checked = check(output, torch);

    assertThat(checked.status()).isEqualTo(1);
    JsonNode parts = new ObjectMapper().readTree(output.toFile()).get("parts");
    assertThat(StreamSupport.stream(parts.spliterator(), false))
        .hasSize(1)
        .allMatch(part -> part.get("error").asText().startsWith("error: "));
  }

  private static Path engine() {
    Engine.getEngine("PyTorch");
    return Path.of(LibUtils.getLibtorchPath());
  }

  private Ended check(Path output, Path torch) throws Exception {
    Map<String, String> variables =
        Map.of(
            "PATH",
            folder.toString(),
            "JAVA_HOME",
            folder.toString(),
            "PYTHON",
            PYTHON,
            "PYTORCH_LIBRARY_PATH",
            torch.toString(),
            "PYTORCH_VERSION",
            "2.7.1",
            "PYTORCH_FLAVOR",
            "cpu");
    Path script = BUNDLE.resolve("run.sh");
    List<String> command =
        List.of("/bin/bash", script.toString(), "--quick", "--output", output.toString());
    return run(command, variables, folder);
  }

  private static Ended run(List<String> command, Map<String, String> variables, Path folder)
      throws Exception {
    Path log = Files.createTempFile("gpu-check", ".log");
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(variables);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    Process process = builder.start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("ended: %s", command).isTrue();
    String printed = Files.readString(log);
    Files.delete(log);
    return new Ended(process.exitValue(), printed);
  }
}
