package org.distillgrid.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/**
 * One part of the check of a GPU, in a process of its own, so that one that dies takes no other
 * along: {@code engine}, {@code forward}, {@code step}, {@code repeat}, {@code cohort} or {@code
 * memory}. Prints one line of JSON; a failure is one line on standard error. {@code
 * bench/gpu/check.py} calls it.
 */
public final class GpuCheck {
  private GpuCheck() {}

  /** Runs {@code PART --name value …}. */
  public static void main(String[] args) {
    PrintStream out = System.out;
    List<String> arguments = Arrays.asList(args);
    try {
      GpuSetting setting = new GpuSetting(arguments.subList(1, arguments.size()));
      out.println(new ObjectMapper().writeValueAsString(part(arguments.get(0), setting)));
    } catch (RuntimeException | LinkageError | JsonProcessingException e) {
      System.err.println("error: " + line(e));
      // CUDA's own threads would hold the process.
      System.exit(1);
    }
  }

  private static Map<String, Object> part(String name, GpuSetting setting) {
    return switch (name) {
      case "engine" -> GpuEngine.run(setting);
      case "forward" -> GpuForward.run(setting);
      case "step" -> GpuStep.run(setting);
      case "repeat" -> GpuTrials.repeat(setting);
      case "cohort" -> GpuTrials.cohort(setting);
      case "memory" -> GpuMemory.run(setting);
      default -> throw GridException.of(ErrorCode.USAGE, "Cannot check: no part %s", name);
    };
  }

  // What lies at the bottom says most: a missing symbol, an operation without a CUDA kernel.
  private static String line(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause).replaceAll("\\s+", " ");
  }
}
