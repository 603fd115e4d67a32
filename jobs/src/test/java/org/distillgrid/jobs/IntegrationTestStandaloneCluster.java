package org.distillgrid.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.distillgrid.jobs.StandaloneCluster.Outcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntegrationTestStandaloneCluster {
  @TempDir static Path folder;
  private static StandaloneCluster cluster;
  private static Path application;

  @BeforeAll
  static void start() throws IOException {
    application = jar(SlotsApplication.class, NoExecutorApplication.class);
    cluster = StandaloneCluster.start(folder, 2);
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void everySlotHasItsOwnDevice() {
    Outcome outcome =
        cluster.submit(
            SlotsApplication.class,
            application,
            Map.of("spark.executor.memory", "1g", "spark.executorEnv.MALLOC_ARENA_MAX", "1"));

    assertThat(outcome.exitStatus()).as(outcome.errors()).isZero();
    List<String> lines = outcome.output().lines().sorted().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.subList(0, 2))
        .allMatch(line -> line.matches("job 127.0.0.1/\\d/gpu:\\d cpus=1 pytorch=2.7.1 arenas=1"))
        .anyMatch(line -> line.contains("/gpu:0 "))
        .anyMatch(line -> line.contains("/gpu:1 "));
    assertThat(lines.get(2)).isEqualTo("slots 2");
  }

  @Test
  void anUnmeetableRequestEndsAtTheDeadline() {
    Outcome outcome =
        cluster.submit(
            NoExecutorApplication.class,
            application,
            Map.of("spark.executor.memory", "1g", "spark.executor.resource.gpu.amount", "2"));

    assertThat(outcome.exitStatus()).isEqualTo(6);
    assertThat(outcome.output())
        .startsWith("Cannot start: no executor after 5 s (master " + cluster.master())
        .contains("an executor asks for all cores, 1g of memory, 2 gpu");
  }

  private static Path jar(Class<?>... classes) throws IOException {
    Path file = folder.resolve("application.jar");
    try (OutputStream output = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(output)) {
      for (Class<?> type : classes) {
        String entry = type.getName().replace('.', '/') + ".class";
        jar.putNextEntry(new JarEntry(entry));
        try (InputStream bytes = type.getClassLoader().getResourceAsStream(entry)) {
          bytes.transferTo(jar);
        }
      }
    }
    return file;
  }
}
