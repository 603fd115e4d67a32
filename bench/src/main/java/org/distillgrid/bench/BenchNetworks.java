package org.distillgrid.bench;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.nn.Inference;
import org.distillgrid.kd.nn.Tensors;
import org.distillgrid.kd.random.Draws;

/**
 * Times networks as they are evaluated (forward) and as they are trained (forward, L1, backward).
 * Prints CSV: case, median_ms, min_ms.
 */
public final class BenchNetworks {
  private static final int LEAST_ROUNDS = 5;

  private record Case(String name, String model, int scale, int images, int side) {}

  private static final List<Case> CASES =
      List.of(
          new Case("edsr 64×16", "edsr-c64-b16", 2, 4, 48),
          new Case("rcan 10×6", "rcan-g10-b6", 2, 1, 48),
          new Case("swinir 60/4", "swinir-c60-d6x6x6x6", 2, 1, 48),
          new Case("nafnet-16", "nafnet-w16-e1x1x1x14", 1, 1, 128));

  private BenchNetworks() {}

  /** Runs every case: {@code [--seconds S]}. */
  public static void main(String[] arguments) {
    double seconds = Stopwatch.option(Arrays.asList(arguments), "--seconds", 8);
    PrintStream out = System.out;
    out.println("case,median_ms,min_ms");
    for (Case one : CASES) {
      try (NDManager manager = NDManager.newBaseManager();
          Network network =
              Network.build(one.model, new ModelTarget(3, one.scale), Draws.of("timed"), manager)) {
        NDArray input = noise(one, one.side, manager);
        NDArray target = noise(one, one.side * one.scale, manager);
        print(one.name + " forward", time(seconds, () -> forward(network, input)), out);
        network.parameters().trainable();
        print(one.name + " step", time(seconds, () -> step(network, input, target)), out);
      }
    }
  }

  private static NDArray noise(Case one, int side, NDManager manager) {
    Shape shape = new Shape(one.images, 3, side, side);
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * 0.618034f % 1;
    }
    return Tensors.aligned(values, shape, manager);
  }

  private static void forward(Network network, NDArray input) {
    try (NDManager pass = input.getManager().newSubManager()) {
      NDArray image = input.duplicate();
      image.attach(pass);
      Inference.output(network.architecture(), image);
    }
  }

  private static void step(Network network, NDArray input, NDArray target) {
    try (NDManager pass = input.getManager().newSubManager();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray image = input.duplicate();
      image.attach(pass);
      collector.backward(network.forward(image).sub(target).abs().mean());
      network.parameters().clearGradient();
    }
  }

  private static double[] time(double seconds, Runnable work) {
    List<Double> times = new ArrayList<>();
    long started = System.nanoTime();
    while (elapsed(started) < 1.25 * seconds || times.size() < LEAST_ROUNDS) {
      long before = System.nanoTime();
      work.run();
      if (elapsed(started) > 0.25 * seconds) {
        times.add(1e3 * elapsed(before));
      }
    }
    return times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }

  private static double elapsed(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  private static void print(String name, double[] times, PrintStream out) {
    out.printf("%s,%.3f,%.3f%n", name, Stopwatch.median(times), times[0]);
  }
}
