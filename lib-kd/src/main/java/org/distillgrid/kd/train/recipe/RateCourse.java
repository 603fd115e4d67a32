package org.distillgrid.kd.train.recipe;

import java.io.Serializable;

/**
 * How the learning rate goes from its first value to its last.
 *
 * @param shape how it falls
 * @param leastRate where a cosine ends; not read by steps
 * @param cosineFrom fraction of the steps, in [0, 1), at which a cosine begins to fall; not read by
 *     steps
 * @param warmUp first steps, over which the rate rises in a line from nothing; 0: it does not
 */
public record RateCourse(Shape shape, double leastRate, double cosineFrom, long warmUp)
    implements Serializable {
  /** By steps, without a warm-up. */
  public static final RateCourse STANDARD = new RateCourse(Shape.STEP, 0, 0, 0);

  /** How a rate falls. */
  public enum Shape {
    /** It is multiplied at fractions of the steps, and constant between. */
    STEP,
    /**
     * As half a cosine: {@code least + (rate − least)·(1 + cos(π·p))/2}, p the part of the fall
     * that is over. Source: known, Loshchilov and Hutter, arXiv 1608.03983, without restarts.
     */
    COSINE
  }

  /** Returns a cosine over all steps, without a warm-up. */
  public static RateCourse cosine(double leastRate) {
    return new RateCourse(Shape.COSINE, leastRate, 0, 0);
  }

  /** Returns this course with a warm-up. */
  public RateCourse warmedUp(long steps) {
    return new RateCourse(shape, leastRate, cosineFrom, steps);
  }

  /** Returns what a step's rate is multiplied by for the warm-up, steps counted from 0. */
  public double warmth(long step) {
    if (step >= warmUp) {
      return 1;
    }
    return (double) (step + 1) / (double) warmUp;
  }

  /**
   * Returns the rate of a step of a cosine.
   *
   * @param step counted from 0
   * @param steps in all
   * @param rate where it begins
   */
  public double cosine(long step, long steps, double rate) {
    long begin = Math.max(warmUp, Math.round(cosineFrom * (double) steps));
    if (step <= begin) {
      return rate;
    }
    double over = (double) (step - begin) / (double) (steps - begin);
    return leastRate + (rate - leastRate) * (1 + Math.cos(Math.PI * over)) / 2;
  }
}
