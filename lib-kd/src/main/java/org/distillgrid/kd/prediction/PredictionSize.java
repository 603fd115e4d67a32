package org.distillgrid.kd.prediction;

import java.io.Serializable;

/**
 * How large the prediction of one patch is, in any of its turns.
 *
 * @param channels 1 or 3
 * @param height of the target in pixels
 * @param width of the target in pixels
 */
public record PredictionSize(int channels, int height, int width) implements Serializable {
  /** The ways to lay a patch on a square, each of which has a prediction of its own. */
  public static final int TURNS = 8;

  /** Returns how many samples one turn has. */
  public int samples() {
    return channels * height * width;
  }

  /** Returns how many bytes all turns of one patch take. */
  public long bytes() {
    return (long) TURNS * samples() * Character.BYTES;
  }
}
