package org.distillgrid.kd.prediction;

/** What a teacher says of the patches of a source, in each of their turns; read by any thread. */
public interface Predictions {
  /** Returns how many patches there are. */
  int patches();

  /** Returns how large the prediction of one is. */
  PredictionSize size();

  /**
   * Reads the prediction of a patch in one turn.
   *
   * @param patch its index in the source
   * @param turn its number, 0…7
   * @param into takes C×H×W samples from {@code at} on
   */
  void read(int patch, int turn, float[] into, int at);
}
