package org.distillgrid.jobs.draft;

import java.util.List;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/**
 * How images are cut: patches of 48 input pixels, as papers have them, or what nine in ten images
 * can give; closer together where there are few.
 *
 * @param side of a ground-truth patch in pixels
 * @param stride between two in pixels
 * @param count of patches, about
 */
record PatchChoice(int side, int stride, long count) {
  private static final int INPUT_SIDE = 48;
  private static final int LEAST_INPUT_SIDE = 16;
  private static final int MOST_STRIDE = 4096;
  private static final long FEW = 1000;
  private static final long MANY = 50_000;

  /**
   * Chooses.
   *
   * @throws GridException if nine in ten images are not large enough
   */
  static PatchChoice of(Survey survey, int scale) {
    List<Example> examples = survey.examples();
    List<Integer> sides = examples.stream().map(Example::side).sorted().toList();
    int usual = sides.get(sides.size() / 10);
    int side = Math.min(INPUT_SIDE * scale, usual / scale * scale);
    if (side < LEAST_INPUT_SIDE * scale) {
      throw GridException.of(
          ErrorCode.INPUT,
          "Cannot draft a spec: at scale %d images must have %d pixels in height and width, and one"
              + " in ten has %d or fewer",
          scale,
          LEAST_INPUT_SIDE * scale,
          usual);
    }
    double share = survey.share();
    int stride = side;
    while (count(examples, side, stride, share) > MANY && 2 * stride <= MOST_STRIDE) {
      stride *= 2;
    }
    while (count(examples, side, stride, share) < FEW && stride > side / 4) {
      stride = Math.max(scale, stride / 2 / scale * scale);
    }
    return new PatchChoice(side, stride, count(examples, side, stride, share));
  }

  private static long count(List<Example> examples, int side, int stride, double share) {
    return Math.round(
        share * examples.stream().mapToLong(example -> example.patches(side, stride)).sum());
  }
}
