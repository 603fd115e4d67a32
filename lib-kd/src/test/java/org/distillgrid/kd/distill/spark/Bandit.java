package org.distillgrid.kd.distill.spark;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import org.apache.commons.rng.UniformRandomProvider;
import org.distillgrid.kd.distill.DistillerContext;
import org.distillgrid.kd.distill.MethodSum;
import org.distillgrid.kd.distill.PixelWeighting;
import org.distillgrid.kd.distill.StepTensors;
import org.distillgrid.kd.distill.WeightingMethod;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.Flow;
import org.distillgrid.kd.nn.Pass;
import org.distillgrid.kd.random.Draws;

/**
 * A game whose best allocation is known. One cell in four has a textured target and there alone
 * weight pays: the student's error, the same everywhere, shrinks by a hundredth of the weight that
 * the cell was given. With W = 1 the error of a paying cell shrinks by a hundredth.
 */
final class Bandit implements AutoCloseable {
  private static final int GRID = 4;
  private static final int SIDE = 16;
  private static final int IMAGES = 8;
  private static final float ERROR = 0.1f;
  private static final float PAY = 0.01f;

  private final NDManager manager = NDManager.newBaseManager();
  private final PixelWeighting weighting;
  private final String seed;
  private NDArray output;

  /**
   * Starts a game.
   *
   * @param options of SPARK, {@code reward=l1,} for instance, each with its comma
   */
  Bandit(String options, long steps, int seed) {
    this.seed = "bandit " + seed;
    DistillerContext context =
        new DistillerContext(
            student(), Optional.empty(), steps, Draws.of("policy " + seed), manager);
    var spark = MethodSum.parse("spark(" + options + "grid=4,warmup=0)").settings().get(0);
    this.weighting = ((WeightingMethod) spark.method()).weighting(context, spark.values());
  }

  PixelWeighting weighting() {
    return weighting;
  }

  /** Plays one step; returns the mean weight of the paying cells. */
  double play(long step) {
    UniformRandomProvider draws = Draws.of(seed).at(step, "cells");
    int pixels = SIDE * SIDE;
    float[] target = new float[IMAGES * pixels];
    float[] pays = new float[target.length];
    for (int image = 0; image < IMAGES; image++) {
      boolean[] paying = paying(draws);
      for (int i = 0; i < pixels; i++) {
        int row = i / SIDE;
        int column = i % SIDE;
        int at = image * pixels + i;
        target[at] = 0.5f;
        if (paying[row / GRID * GRID + column / GRID]) {
          pays[at] = 1;
          target[at] = 0.3f + 0.4f * ((row + column) % 2);
        }
      }
    }
    return play(step, target, pays);
  }

  private double play(long step, float[] target, float[] pays) {
    try (NDManager scratch = manager.newSubManager()) {
      Shape shape = new Shape(IMAGES, 1, SIDE, SIDE);
      NDArray truth = scratch.create(target, shape);
      NDArray paying = scratch.create(pays, shape);
      NDArray before = truth.add(ERROR);
      StepTensors tensors =
          new StepTensors(
              step,
              scratch.zeros(shape),
              truth,
              new Pass(before, List.of(), before),
              Optional.of(new Pass(truth, List.of(), truth)));
      NDArray weights = weighting.weights(tensors);
      NDArray shrunk = weights.mul(paying).mul(ERROR * PAY);
      output = before.sub(shrunk);
      weighting.stepEnded(tensors);
      return weights.mul(paying).sum().getFloat() / paying.sum().getFloat();
    }
  }

  private static boolean[] paying(UniformRandomProvider draws) {
    boolean[] paying = new boolean[GRID * GRID];
    int left = paying.length / 4;
    while (left > 0) {
      int cell = draws.nextInt(paying.length);
      if (!paying[cell]) {
        paying[cell] = true;
        left--;
      }
    }
    return paying;
  }

  // A network that puts out what the last play left.
  private Architecture student() {
    return new Architecture() {
      @Override
      public int segments() {
        return 0;
      }

      @Override
      public Flow head(NDArray input) {
        return Flow.start(input, input.reshape(input.getShape()));
      }

      @Override
      public Flow segment(int index, Flow flow) {
        throw new IllegalArgumentException("There is no segment " + index);
      }

      @Override
      public int width(int segment) {
        return 1;
      }

      @Override
      public NDArray tail(Flow flow) {
        NDArray alias = output.reshape(output.getShape());
        alias.attach(flow.features().getManager());
        return alias;
      }
    };
  }

  @Override
  public void close() {
    weighting.close();
    manager.close();
  }
}
