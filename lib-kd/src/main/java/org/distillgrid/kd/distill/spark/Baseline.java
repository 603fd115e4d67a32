package org.distillgrid.kd.distill.spark;

import org.distillgrid.kd.weights.HostTensor;

/**
 * Turns rewards into advantages: {@code A = clip((r − b)/(std + 1e-8), −limit, limit)}. The
 * baseline b and the variance are running means over the batches before, so that neither depends on
 * what it judges; the first batch is judged by its own. Reconstructed.
 */
final class Baseline {
  private static final double EPSILON = 1e-8;

  private final double decay;
  private final double limit;
  private boolean started;
  // Single precision, so that a checkpoint holds them to the bit.
  private float mean;
  private float variance;

  Baseline(double decay, double limit) {
    this.decay = decay;
    this.limit = limit;
  }

  /** Returns the advantages of a batch's rewards, and takes the rewards in. */
  float[] advantages(float[] rewards) {
    if (!started) {
      started = true;
      mean = (float) mean(rewards);
      variance = (float) squareAround(mean, rewards);
    }
    double deviation = Math.sqrt(variance) + EPSILON;
    float[] advantages = new float[rewards.length];
    for (int i = 0; i < rewards.length; i++) {
      double advantage = (rewards[i] - mean) / deviation;
      advantages[i] = (float) Math.max(-limit, Math.min(limit, advantage));
    }
    variance = (float) (decay * variance + (1 - decay) * squareAround(mean, rewards));
    mean = (float) (decay * mean + (1 - decay) * mean(rewards));
    return advantages;
  }

  HostTensor export() {
    float flag = 0;
    if (started) {
      flag = 1;
    }
    return new HostTensor(new long[] {3}, new float[] {flag, mean, variance});
  }

  void restore(HostTensor saved) {
    started = saved.values()[0] > 0;
    mean = saved.values()[1];
    variance = saved.values()[2];
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double squareAround(double centre, float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (value - centre) * (value - centre);
    }
    return sum / values.length;
  }
}
