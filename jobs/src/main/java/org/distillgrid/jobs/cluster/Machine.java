package org.distillgrid.jobs.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What this process may use of the machine that it runs on: a container's share, not the host's.
 *
 * @param cores how many threads run at once
 * @param freeBytes of memory that can still be taken
 * @param gpus indices of the GPUs; empty on a machine without
 * @param idleGpus how many more there are, which this PyTorch cannot compute on
 */
public record Machine(int cores, long freeBytes, List<String> gpus, int idleGpus) {
  private static final long KIBIBYTE = 1024;

  /** Takes an unmodifiable copy. */
  public Machine {
    gpus = List.copyOf(gpus);
  }

  /** Returns the machine of this process as it is now. */
  public static Machine here() {
    Map<String, String> environment = System.getenv();
    List<String> found = GraphicsCards.addresses(environment);
    List<String> usable = List.of();
    if (GraphicsCards.mayBeUsed(environment)) {
      usable = found;
    }
    // The JVM knows of quotas and of the cores that it is bound to.
    int cores = Runtime.getRuntime().availableProcessors();
    return new Machine(cores, free(Path.of("/")), usable, found.size() - usable.size());
  }

  /**
   * Returns the bytes of memory that can still be taken.
   *
   * @param root where {@code /proc} and {@code /sys} lie
   */
  static long free(Path root) {
    OptionalLong limited = new ControlGroups(root).free();
    OptionalLong available = available(root.resolve("proc/meminfo"));
    // Elsewhere than on Linux: what the heap may still grow by.
    long heap = Runtime.getRuntime().maxMemory();
    return Stream.of(limited, available).flatMapToLong(OptionalLong::stream).min().orElse(heap);
  }

  private static OptionalLong available(Path meminfo) {
    try (Stream<String> lines = Files.lines(meminfo)) {
      return lines
          .filter(line -> line.startsWith("MemAvailable:"))
          .map(line -> line.replaceAll("[^0-9]", ""))
          .mapToLong(kibibytes -> Long.parseLong(kibibytes) * KIBIBYTE)
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
