package org.distillgrid.jobs.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Finds the GPUs of this machine that PyTorch would compute on. */
final class GraphicsCards {
  private static final List<String> LISTING =
      List.of("nvidia-smi", "--query-gpu=index", "--format=csv,noheader");
  private static final long PATIENCE_SECONDS = 20;
  private static final String VISIBLE = "CUDA_VISIBLE_DEVICES";

  private GraphicsCards() {}

  /**
   * Returns their indices as PyTorch counts them: from 0, among those that {@code
   * CUDA_VISIBLE_DEVICES} leaves.
   *
   * @param environment of this process
   */
  static List<String> addresses(Map<String, String> environment) {
    return addresses(environment, LISTING);
  }

  /**
   * Returns their indices.
   *
   * @param listing the command that prints a number for each
   */
  static List<String> addresses(Map<String, String> environment, List<String> listing) {
    long found = listed(listing);
    if (environment.containsKey(VISIBLE)) {
      found = Math.min(found, visible(environment.get(VISIBLE)));
    }
    return IntStream.range(0, (int) found).mapToObj(Integer::toString).toList();
  }

  /**
   * Returns whether the PyTorch that a process is given may be one for GPUs: that of the build is
   * one for CPUs.
   */
  static boolean mayBeUsed(Map<String, String> environment) {
    return environment.containsKey("PYTORCH_LIBRARY_PATH")
        || environment.containsKey("DISTILL_GRID_NATIVES")
        || environment.getOrDefault("PYTORCH_FLAVOR", "cpu").startsWith("cu");
  }

  // PyTorch stops at the first entry that is no device, -1 say.
  private static long visible(String entries) {
    return List.of(entries.split(",", -1)).stream()
        .map(String::strip)
        .takeWhile(entry -> !entry.isEmpty() && !entry.startsWith("-"))
        .count();
  }

  private static long listed(List<String> listing) {
    try {
      Process process =
          new ProcessBuilder(listing).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return 0;
      }
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.exitValue() != 0) {
        return 0;
      }
      return printed.lines().filter(line -> line.strip().matches("[0-9]+")).count();
    } catch (IOException e) {
      // No such command: no GPU of this kind.
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }
}
