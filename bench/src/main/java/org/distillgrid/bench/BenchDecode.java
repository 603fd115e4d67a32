package org.distillgrid.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.distillgrid.kd.image.ImageReader;
import org.distillgrid.kd.image.MatlabBicubic;
import org.distillgrid.kd.image.PlanarImage;

/**
 * Megapixels a second of processor time, on one thread, of what {@code prepare} does to a PNG: our
 * reader, the JDK's ImageIO on the same files in turn, and MATLAB's bicubic ×½. The folder of PNG
 * files is the argument; without one, four are made.
 */
public final class BenchDecode {
  private static final int ROUNDS = 9;
  private static final int WARM_UP = 3;
  private static final int MADE = 4;

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private long checksum;

  private BenchDecode() {}

  /** What is done to one file; the number keeps the compiler from leaving it out. */
  private interface Work {
    long on(int file) throws IOException;
  }

  /** Prints the rows of the table of docs/benchmarks.md. */
  public static void main(String... arguments) throws IOException {
    ImageIO.setUseCache(false);
    if (arguments.length > 0) {
      new BenchDecode().measure(files(Path.of(arguments[0])));
      return;
    }
    Path folder = Files.createTempDirectory("bench-decode");
    try {
      WavePngs.write(folder, MADE);
      new BenchDecode().measure(files(folder));
    } finally {
      BenchPrepare.delete(folder);
    }
  }

  private void measure(List<byte[]> files) throws IOException {
    ImageReader reader = ImageReader.bounded(100_000_000);
    List<PlanarImage> images = files.stream().map(reader::read).toList();
    double megapixels =
        images.stream().mapToDouble(image -> (double) image.height() * image.width()).sum() / 1e6;
    Map<String, Work> parts = new LinkedHashMap<>();
    parts.put("ImageIO.read", file -> ImageIO.read(stream(files.get(file))).getWidth());
    parts.put("ImageReader", file -> reader.read(files.get(file)).samples().length);
    parts.put("MatlabBicubic ×½", file -> MatlabBicubic.downscale(images.get(file), 2).width());
    Map<String, double[]> speeds = new LinkedHashMap<>();
    parts.keySet().forEach(name -> speeds.put(name, new double[ROUNDS]));
    for (int round = -WARM_UP; round < ROUNDS; round++) {
      for (Map.Entry<String, Work> part : parts.entrySet()) {
        double speed = megapixels / seconds(part.getValue(), files.size());
        if (round >= 0) {
          speeds.get(part.getKey())[round] = speed;
        }
      }
    }
    print(speeds);
    System.err.println("checksum " + checksum);
  }

  private double seconds(Work work, int files) throws IOException {
    long start = threads.getCurrentThreadCpuTime();
    for (int file = 0; file < files; file++) {
      checksum += work.on(file);
    }
    return (threads.getCurrentThreadCpuTime() - start) / 1e9;
  }

  private static void print(Map<String, double[]> speeds) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    double[] rival = speeds.get("ImageIO.read");
    out.println(
        "| of a PNG, one thread | Mpixel/s | over ImageIO (range of " + ROUNDS + " rounds) |");
    out.println("|---|---|---|");
    speeds.forEach(
        (name, speed) -> {
          double[] ratios = new double[ROUNDS];
          Arrays.setAll(ratios, round -> speed[round] / rival[round]);
          Arrays.sort(ratios);
          double[] sorted = speed.clone();
          Arrays.sort(sorted);
          out.printf(
              "| `%s` | %.1f | %.2f (%.2f–%.2f) |%n",
              name,
              Stopwatch.median(sorted),
              Stopwatch.median(ratios),
              ratios[0],
              ratios[ROUNDS - 1]);
        });
  }

  private static ByteArrayInputStream stream(byte[] bytes) {
    return new ByteArrayInputStream(bytes);
  }

  private static List<byte[]> files(Path folder) throws IOException {
    List<byte[]> bytes = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(file -> file.toString().endsWith(".png"))
          .sorted()
          .forEach(file -> bytes.add(read(file)));
    }
    return bytes;
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
