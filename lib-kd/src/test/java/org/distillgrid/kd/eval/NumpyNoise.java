package org.distillgrid.kd.eval;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.rng.UniformRandomProvider;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.image.UnitRange;
import org.distillgrid.kd.task.Denoising;
import org.distillgrid.kd.task.Judgement;
import org.distillgrid.kd.task.Task;

/**
 * Denoising with the noise that {@code numpy.random.seed(i); numpy.random.normal(0, σ/255, shape)}
 * draws for image i, as the reference's figures were taken: a Mersenne Twister and the polar
 * method.
 *
 * @param next the number of the image that comes next
 */
record NumpyNoise(double sigma, AtomicInteger next) implements Task {
  private static final long serialVersionUID = 1L;

  /** Returns the noise from image 0 on. */
  static NumpyNoise of(double sigma) {
    return new NumpyNoise(sigma, new AtomicInteger());
  }

  @Override
  public String name() {
    return "numpy-noise";
  }

  @Override
  public float[] input(PlanarImage stored, UniformRandomProvider draws) {
    float[] values = UnitRange.of(stored);
    Normal normal = new Normal(next.getAndIncrement());
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) ((stored.samples()[i] & 0xff) / 255.0 + sigma / 255 * normal.next());
    }
    return values;
  }

  @Override
  public Judgement judgement() {
    return new Denoising(sigma).judgement();
  }

  /** Numbers of the standard normal distribution in numpy's order. */
  static final class Normal {
    private static final int SIZE = 624;
    private static final int SHIFT = 397;

    private final int[] state = new int[SIZE];
    private int index = SIZE;
    private double spare = Double.NaN;

    Normal(int seed) {
      state[0] = seed;
      for (int i = 1; i < SIZE; i++) {
        state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
      }
    }

    double next() {
      if (!Double.isNaN(spare)) {
        double kept = spare;
        spare = Double.NaN;
        return kept;
      }
      double first;
      double second;
      double square;
      do {
        first = 2 * uniform() - 1;
        second = 2 * uniform() - 1;
        square = first * first + second * second;
      } while (square >= 1 || square == 0);
      double factor = Math.sqrt(-2 * Math.log(square) / square);
      spare = factor * first;
      return factor * second;
    }

    private double uniform() {
      long high = word() >>> 5;
      long low = word() >>> 6;
      return (high * 67108864.0 + low) / 9007199254740992.0;
    }

    private int word() {
      if (index == SIZE) {
        for (int i = 0; i < SIZE; i++) {
          int mixed = (state[i] & 0x80000000) | (state[(i + 1) % SIZE] & 0x7fffffff);
          int twisted = state[(i + SHIFT) % SIZE] ^ (mixed >>> 1);
          if ((mixed & 1) != 0) {
            twisted ^= 0x9908b0df;
          }
          state[i] = twisted;
        }
        index = 0;
      }
      int word = state[index++];
      word ^= word >>> 11;
      word ^= (word << 7) & 0x9d2c5680;
      word ^= (word << 15) & 0xefc60000;
      return word ^ (word >>> 18);
    }
  }
}
