package org.distillgrid.kd.model.reach;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Optional;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.HostValues;
import org.distillgrid.kd.nn.Inference;
import org.distillgrid.kd.nn.Tensors;

/**
 * Runs a network on strips with NaN at one place.
 *
 * @param network whose outputs are looked at
 * @param target its image channels and scale
 * @param axis along which the strips lie
 * @param thickness pixels across them
 * @param manager owns what a run takes, until the run ends
 */
record NanStrip(
    Architecture network, ModelTarget target, Axis axis, int thickness, NDManager manager) {
  private static final float FINITE = 0.5f;

  /** Which way a strip lies. */
  enum Axis {
    /** It is tall: rows are looked at. */
    ROWS,
    /** It is wide: columns are looked at. */
    COLUMNS
  }

  /**
   * Where NaN came out.
   *
   * @param place the input pixel that was NaN
   * @param first the first output pixel that is
   * @param last the last one
   */
  record Trace(int place, int first, int last) {}

  /** Returns strips that lie along an axis. */
  NanStrip along(Axis other) {
    return new NanStrip(network, target, other, thickness, manager);
  }

  /** Returns where NaN at a place comes out, or nothing if that is everywhere. */
  Optional<Trace> trace(int length, int place) {
    try (NDManager pass = manager.newSubManager()) {
      return Inference.outputUnless(NanStrip::isAllNan, network, input(length, place, pass))
          .map(this::alongStrip)
          .flatMap(sums -> trace(place, HostValues.of(sums)));
    }
  }

  private NDArray input(int length, int place, NDManager pass) {
    int channels = target.imageChannels();
    float[] values = new float[channels * length * thickness];
    Arrays.fill(values, FINITE);
    for (int channel = 0; channel < channels; channel++) {
      int line = (channel * length + place) * thickness;
      Arrays.fill(values, line, line + thickness, Float.NaN);
    }
    NDArray tall = Tensors.aligned(values, new Shape(1, channels, length, thickness), pass);
    return switch (axis) {
      case ROWS -> tall;
      case COLUMNS -> tall.transpose(0, 1, 3, 2).duplicate();
    };
  }

  // A sum is NaN if one of its terms is.
  private NDArray alongStrip(NDArray output) {
    return switch (axis) {
      case ROWS -> output.sum(new int[] {0, 1, 3});
      case COLUMNS -> output.sum(new int[] {0, 1, 2});
    };
  }

  private static boolean isAllNan(NDArray features) {
    return HostValues.isTrue(features.isNaN().all());
  }

  private static Optional<Trace> trace(int place, float[] sums) {
    int first = 0;
    while (first < sums.length && !Float.isNaN(sums[first])) {
      first++;
    }
    int last = sums.length - 1;
    while (last >= 0 && !Float.isNaN(sums[last])) {
      last--;
    }
    if (first > last) {
      throw new IllegalStateException("No output depends on input pixel " + place);
    }
    if (first == 0 || last == sums.length - 1) {
      return Optional.empty();
    }
    return Optional.of(new Trace(place, first, last));
  }
}
