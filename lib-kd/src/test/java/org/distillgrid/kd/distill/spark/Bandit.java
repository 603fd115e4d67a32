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
import org.distillgrid.kd.nn.block.AveragePool;
import org.distillgrid.kd.nn.block.BilinearResize;
import org.distillgrid.kd.random.Draws;

/**
 * A game whose best allocation is known. One cell in four has a textured target and there alone
 * weight pays: the student's error, the same everywhere, shrinks by a hundredth of the weight that
 * the cell was given. With W = 1 the error of a paying cell shrinks by a hundredth. Elsewhere
 * weight may cost as much. Beside it an image may have luck, good or bad: its error shrinks by so
 * much whatever its weights are, as images and batches of a training bring gains of their own.
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
  private final Rules rules;
  private NDArray output;

  /**
   * The rules of a game.
   *
   * @param cost what weight costs in the cells that do not pay, over what it brings in others
   * @param luck greatest part of an image's error that goes or comes by itself
   */
  record Rules(float cost, float luck) {
    /** Weight is for nothing elsewhere, and no image has luck. */
    static final Rules PLAIN = new Rules(0, 0);
  }

  /**
   * Starts a game.
   *
   * @param options of SPARK, {@code reward=l1,} for instance, each with its comma
   */
  Bandit(String options, long steps, int seed, Rules rules) {
    this.seed = "bandit " + seed;
    this.rules = rules;
    DistillerContext context =
        new DistillerContext(
            student(), Optional.empty(), steps, Draws.of("policy " + seed), manager);
    var spark = MethodSum.parse("spark(" + options + "grid=4)").settings().get(0);
    this.weighting = ((WeightingMethod) spark.method()).weighting(context, spark.values());
  }

  PixelWeighting weighting() {
    return weighting;
  }

  /**
   * The cells of some images.
   *
   * @param target the ground truth
   * @param paying 1 where weight pays, else 0
   * @param luck of each image
   */
  private record Board(NDArray target, NDArray paying, NDArray luck) {
    NDArray idle() {
      return paying.onesLike().sub(paying);
    }

    NDArray before() {
      return target.add(ERROR);
    }

    StepTensors tensors(long step) {
      Pass student = new Pass(before(), List.of(), before());
      Pass teacher = new Pass(target, List.of(), target);
      NDArray input = target.zerosLike();
      return new StepTensors(step, input, target, student, Optional.of(teacher));
    }
  }

  private Board board(long step, NDManager scratch) {
    UniformRandomProvider draws = Draws.of(seed).at(step, "cells");
    int pixels = SIDE * SIDE;
    float[] target = new float[IMAGES * pixels];
    float[] pays = new float[target.length];
    float[] luck = new float[IMAGES];
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
    UniformRandomProvider chance = Draws.of(seed).at(step, "luck");
    for (int image = 0; image < IMAGES; image++) {
      luck[image] = rules.luck() * ERROR * (2 * chance.nextFloat() - 1);
    }
    Shape shape = new Shape(IMAGES, 1, SIDE, SIDE);
    return new Board(
        scratch.create(target, shape),
        scratch.create(pays, shape),
        scratch.create(luck, new Shape(IMAGES, 1, 1, 1)));
  }

  /** Plays one step; returns the mean weight of the paying cells. */
  double play(long step) {
    try (NDManager scratch = manager.newSubManager()) {
      Board board = board(step, scratch);
      StepTensors tensors = board.tensors(step);
      NDArray weights = weighting.weights(tensors);
      NDArray pay = board.paying().sub(board.idle().mul(rules.cost())).mul(ERROR * PAY);
      NDArray lucky = board.before().sub(board.luck());
      if (weighting.comparesWithEven()) {
        output = lucky.sub(pay);
        weighting.evenStepImagined(tensors);
      }
      output = lucky.sub(weights.mul(pay));
      weighting.stepEnded(tensors);
      return mean(weights, board.paying());
    }
  }

  /**
   * Returns by how much the map without chance prefers the paying pixels, as a part of what the
   * best map does, whose cells have weight 1 where it pays and 0 elsewhere.
   */
  double preference(long step) {
    try (NDManager scratch = manager.newSubManager()) {
      Board board = board(step, scratch);
      NDArray learned = weighting.maps(board.tensors(step)).get("weight");
      NDArray cells = AveragePool.to(board.paying(), GRID, GRID);
      NDArray best = BilinearResize.of(cells, SIDE, SIDE);
      return preference(learned, board) / preference(best, board);
    }
  }

  private static double preference(NDArray weights, Board board) {
    return mean(weights, board.paying()) - mean(weights, board.idle());
  }

  private static double mean(NDArray weights, NDArray cells) {
    return weights.mul(cells).sum().getFloat() / cells.sum().getFloat();
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
