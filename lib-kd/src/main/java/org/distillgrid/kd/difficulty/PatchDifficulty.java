package org.distillgrid.kd.difficulty;

import java.util.Arrays;

/**
 * How hard one patch is.
 *
 * @param laplacianVariance how much fine structure the target has
 * @param pixelVariance how much contrast the target has
 * @param studentError how far the student is from the target
 * @param teacherGap how far the student is from the teacher
 */
public record PatchDifficulty(
    SignalMap laplacianVariance,
    SignalMap pixelVariance,
    SignalMap studentError,
    SignalMap teacherGap) {

  /**
   * Returns the signals of one patch of a batch.
   *
   * @param raw the values of {@link DifficultySignals#raw}, N×4×8×8
   * @param index which patch, from 0
   */
  public static PatchDifficulty of(float[] raw, int index) {
    return new PatchDifficulty(
        signal(raw, index, 0), signal(raw, index, 1), signal(raw, index, 2), signal(raw, index, 3));
  }

  private static SignalMap signal(float[] raw, int index, int signal) {
    int cells = DifficultySignals.GRID * DifficultySignals.GRID;
    int from = (index * DifficultySignals.COUNT + signal) * cells;
    return new SignalMap(Arrays.copyOfRange(raw, from, from + cells));
  }
}
