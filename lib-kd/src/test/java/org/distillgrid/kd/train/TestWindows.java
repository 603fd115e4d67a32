package org.distillgrid.kd.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.task.SuperResolution;
import org.distillgrid.kd.train.patches.PatchSource;
import org.distillgrid.kd.train.recipe.Batches;
import org.distillgrid.kd.train.recipe.Windows;
import org.junit.jupiter.api.Test;

/** Windows of patches whose pixels tell where they lie: each has a value of its own. */
class TestWindows {
  private static final SuperResolution TASK = new SuperResolution(2);
  private static final int INPUT = 8;
  private static final int TARGET = 16;
  // Windows of half the patch.
  private static final int SEEN = 4;
  private static final int WINDOW = 8;
  private static final int BATCH = 8;

  @Test
  void inputAndTargetShowTheSame() {
    try (NDManager manager = NDManager.newBaseManager()) {
      BatchStream.Batch batch = stream(3, WINDOW).training(0, manager);
      assertThat(batch.input().getShape().getShape()).containsExactly(BATCH, 1, SEEN, SEEN);
      assertThat(batch.target().getShape().getShape()).containsExactly(BATCH, 1, WINDOW, WINDOW);
      int[] inputs = values(batch.input().toFloatArray());
      int[] targets = values(batch.target().toFloatArray());
      for (int i = 0; i < inputs.length; i++) {
        int image = i / (SEEN * SEEN);
        int row = i / SEEN % SEEN;
        int column = i % SEEN;
        int least = Integer.MAX_VALUE;
        for (int r = 2 * row; r < 2 * row + 2; r++) {
          for (int c = 2 * column; c < 2 * column + 2; c++) {
            least = Math.min(least, targets[(image * WINDOW + r) * WINDOW + c]);
          }
        }
        // Of the four pixels of the target, the first in its row and column, however turned.
        assertThat(least).isEqualTo(2 * (inputs[i] / INPUT) * TARGET + 2 * (inputs[i] % INPUT));
      }
    }
  }

  @Test
  void everyPlaceIsAsLikely() {
    int places = INPUT - SEEN + 1;
    int steps = 500;
    int[] counts = new int[places * places];
    try (NDManager manager = NDManager.newBaseManager()) {
      BatchStream stream = stream(3, WINDOW);
      for (int step = 0; step < steps; step++) {
        for (int corner : corners(stream, step, manager)) {
          counts[corner / INPUT * places + corner % INPUT]++;
        }
      }
    }
    double expected = (double) steps * BATCH / counts.length;
    double distance = 0;
    for (int count : counts) {
      distance += (count - expected) * (count - expected) / expected;
    }
    // Chi-squared of 24 degrees of freedom: above in one of a thousand.
    assertThat(distance).isLessThan(51.2);
  }

  @Test
  void aPlaceIsADrawOfSeedAndStep() {
    try (NDManager manager = NDManager.newBaseManager()) {
      List<Integer> fifth = corners(stream(3, WINDOW), 5, manager);
      BatchStream walked = stream(3, WINDOW);
      for (int step = 0; step < 9; step++) {
        corners(walked, step, manager);
      }
      assertThat(corners(walked, 5, manager)).isEqualTo(fifth);
      assertThat(corners(stream(4, WINDOW), 5, manager)).isNotEqualTo(fifth);
      assertThat(corners(stream(3, WINDOW), 6, manager)).isNotEqualTo(fifth);
    }
  }

  @Test
  void aWindowOfThePatchIsThePatch() {
    try (NDManager manager = NDManager.newBaseManager()) {
      BatchStream.Batch whole = new BatchStream(patches(6), TASK, BATCH, 3).training(7, manager);
      BatchStream.Batch window = stream(3, TARGET).training(7, manager);
      assertThat(window.input().toFloatArray()).isEqualTo(whole.input().toFloatArray());
      assertThat(window.target().toFloatArray()).isEqualTo(whole.target().toFloatArray());
    }
  }

  @Test
  void quantisersAreCalibratedOnWindowsToo() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Windows growing =
          new Windows(WINDOW, List.of(new Windows.Span(0, 12, 3), new Windows.Span(0.5, 16, 1)));
      BatchStream stream = new BatchStream(patches(6), TASK, Batches.of(growing, BATCH, 10), 3);
      float[] first = stream.calibration(0, manager).toFloatArray();
      assertThat(first).hasSize(3 * 6 * 6).isEqualTo(stream.calibration(0, manager).toFloatArray());
      assertThat(first).isNotEqualTo(stream.calibration(1, manager).toFloatArray());
    }
  }

  @Test
  void anEpochHasEveryPatchOnceWhileBatchesShrink() {
    List<PatchSource.Pair> numbered = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      numbered.add(new PatchSource.Pair(constant(INPUT, i), constant(TARGET, i)));
    }
    Windows shrinking =
        new Windows(
            WINDOW,
            List.of(
                new Windows.Span(0, 8, 4),
                new Windows.Span(0.4, 12, 2),
                new Windows.Span(0.8, 16, 1)));
    // Two batches of four, two of two; then one of one.
    BatchStream stream =
        new BatchStream(Cohorts.source(numbered), TASK, Batches.of(shrinking, BATCH, 5), 3);
    Set<Integer> seen = new HashSet<>();
    try (NDManager manager = NDManager.newBaseManager()) {
      for (int step = 0; step < 4; step++) {
        for (int value : values(stream.training(step, manager).input().toFloatArray())) {
          seen.add(value);
        }
      }
      assertThat(seen).hasSize(12);
      assertThat(stream.training(4, manager).target().getShape().getShape())
          .containsExactly(1, 1, 16, 16);
    }
  }

  @Test
  void centresAreAlwaysTheMiddle() {
    PatchSource centres = patches(2).centres(WINDOW);
    assertThat(centres.size()).isEqualTo(2);
    PatchSource.Pair pair = centres.pair(1);
    assertThat(pair.input()).extracting(PlanarImage::height, PlanarImage::width).containsOnly(SEEN);
    assertThat(pair.target().width()).isEqualTo(WINDOW);
    assertThat(pair.input().at(0, 0, 0)).isEqualTo(2 * INPUT + 2);
    assertThat(pair.target().at(0, 0, 0)).isEqualTo(4 * TARGET + 4);
    assertThat(patches(2).centres(0).pair(0).target().width()).isEqualTo(TARGET);
  }

  @Test
  void windowsThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> stream(3, 18))
        .isInstanceOf(GridException.class)
        .hasMessage("Cannot cut windows: 18 pixels do not fit patches of 16×16 at scale 2");
    assertThatThrownBy(() -> stream(3, 7))
        .hasMessage("Cannot cut windows: 7 pixels do not fit patches of 16×16 at scale 2");
  }

  private static BatchStream stream(long seed, int window) {
    return new BatchStream(patches(6), TASK, Batches.of(Windows.of(window), BATCH, 1000), seed);
  }

  private static PatchSource patches(int count) {
    List<PatchSource.Pair> pairs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pairs.add(new PatchSource.Pair(numbered(INPUT), numbered(TARGET)));
    }
    return Cohorts.source(pairs);
  }

  // Where each window begins, in pixels of the input: its least value, however it is turned.
  private static List<Integer> corners(BatchStream stream, long step, NDManager manager) {
    int[] values = values(stream.training(step, manager).input().toFloatArray());
    List<Integer> corners = new ArrayList<>();
    for (int i = 0; i < values.length; i += SEEN * SEEN) {
      corners.add(Arrays.stream(values, i, i + SEEN * SEEN).min().orElseThrow());
    }
    return corners;
  }

  private static int[] values(float[] samples) {
    int[] values = new int[samples.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.round(255 * samples[i]);
    }
    return values;
  }

  private static PlanarImage numbered(int side) {
    byte[] samples = new byte[side * side];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) i;
    }
    return new PlanarImage(1, side, side, samples);
  }

  private static PlanarImage constant(int side, int value) {
    byte[] samples = new byte[side * side];
    Arrays.fill(samples, (byte) value);
    return new PlanarImage(1, side, side, samples);
  }
}
