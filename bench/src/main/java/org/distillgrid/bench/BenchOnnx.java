package org.distillgrid.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.distillgrid.kd.export.OnnxExport;
import org.distillgrid.kd.export.OnnxSession;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.nn.Tensors;
import org.distillgrid.kd.quant.Bits;
import org.distillgrid.kd.quant.QuantizedNetwork;
import org.distillgrid.kd.random.Draws;

/**
 * Sets exported students against each other in ONNX Runtime, on one thread: the same network at
 * full precision and at 8 bits, size of the file and time of one image. Weights are first values:
 * they change neither.
 */
public final class BenchOnnx {
  private static final int SIDE = 128;
  private static final int SCALE = 2;
  private static final List<String> STUDENTS = List.of("edsr-c64-b16", "vdsr", "rlfn");
  private static final List<String> FORMS =
      List.of("fp fp", "minmax w8a8", "minmax-symmetric w8a8");

  private record Exported(String form, int bytes, OnnxSession session, List<Double> times) {}

  private BenchOnnx() {}

  /** Prints a table: {@code [--rounds N] [--seconds S]}, S for each form and round. */
  public static void main(String[] arguments) {
    List<String> options = Arrays.asList(arguments);
    double rounds = Stopwatch.option(options, "--rounds", 3);
    double seconds = Stopwatch.option(options, "--seconds", 8);
    System.out.printf(
        "| ×%d, %d×%d image | file, bytes | median ms | min ms | ms over fp |%n",
        SCALE, SIDE, SIDE);
    System.out.println("|---|---|---|---|---|");
    for (String student : STUDENTS) {
      List<Exported> exported = FORMS.stream().map(form -> exported(student, form)).toList();
      for (int round = 0; round < rounds; round++) {
        for (Exported one : exported) {
          measure(one, seconds);
        }
      }
      double full = median(exported.get(0));
      for (Exported one : exported) {
        System.out.printf(
            Locale.ROOT,
            "| %s %s | %d | %.1f | %.1f | %.2f |%n",
            student,
            one.form,
            one.bytes,
            median(one),
            one.times.stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
            median(one) / full);
        one.session.close();
      }
    }
  }

  private static Exported exported(String model, String form) {
    String[] parts = form.split(" ", -1);
    try (NDManager manager = NDManager.newBaseManager();
        QuantizedNetwork student =
            QuantizedNetwork.build(
                model,
                new ModelTarget(3, SCALE),
                parts[0],
                Bits.parse(parts[1]),
                Draws.of("timed"),
                manager)) {
      NDArray image = Tensors.aligned(image(), new Shape(1, 3, SIDE, SIDE), manager);
      student.calibrate(List.of(image));
      byte[] bytes = OnnxExport.of(student, SIDE, SIDE).bytes();
      return new Exported(form, bytes.length, OnnxSession.open(bytes), new ArrayList<>());
    }
  }

  private static float[] image() {
    float[] values = new float[3 * SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * 0.618034f % 1;
    }
    return values;
  }

  // A quarter of the time warms up.
  private static void measure(Exported exported, double seconds) {
    float[] image = image();
    long started = System.nanoTime();
    boolean measured = false;
    while (!measured || elapsed(started) < seconds) {
      long before = System.nanoTime();
      exported.session.run(image, 1, 3, SIDE, SIDE);
      if (elapsed(started) > seconds / 4) {
        exported.times.add(1e3 * elapsed(before));
        measured = true;
      }
    }
  }

  private static double median(Exported exported) {
    return Stopwatch.median(
        exported.times.stream().mapToDouble(Double::doubleValue).sorted().toArray());
  }

  private static double elapsed(long since) {
    return (System.nanoTime() - since) / 1e9;
  }
}
