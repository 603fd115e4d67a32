package org.distillgrid.kd.distill.mipkd;

import org.distillgrid.kd.random.Draws;

/** Decides which network's next part the enhanced features enter: R. */
@FunctionalInterface
interface Routes {
  /** Returns the network whose part follows a point at a step. */
  Branch at(long step, int point);

  /**
   * Returns routes that are drawn anew for every point of every step, {@code R ~ Bernoulli(p)}.
   *
   * @param probability p, of the student
   */
  static Routes drawn(Draws draws, double probability) {
    return (step, point) -> {
      if (draws.at(step, "mipkd route " + point).nextDouble() < probability) {
        return Branch.STUDENT;
      }
      return Branch.TEACHER;
    };
  }
}
