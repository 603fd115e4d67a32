package org.distillgrid.kd.eval;

import java.util.ArrayList;
import java.util.List;

/**
 * How an image is cut into overlapping squares that are restored one by one. Squares begin at
 * multiples of a period, so that windows and strides lie as in the whole image.
 *
 * @param side input pixels along a square's side, overlaps included; a multiple of the period
 * @param overlap input pixels at each inner border that are restored and thrown away; a multiple of
 *     the period, less than half the side
 * @param period at least 1
 */
record Tiling(int side, int overlap, int period) {
  /** Checks the sizes. */
  public Tiling {
    if (period < 1 || overlap < 0 || side <= 2L * overlap) {
      throw new IllegalArgumentException(
          "Tiles of " + side + " overlap by " + overlap + ", period " + period);
    }
    if (side % period != 0 || overlap % period != 0) {
      throw new IllegalArgumentException(
          "Side " + side + " and overlap " + overlap + " are no multiples of " + period);
    }
  }

  /**
   * A tile's extent along one axis, in input pixels.
   *
   * @param start where it begins
   * @param end where it ends
   * @param from where the part of it begins that is kept
   * @param to where that part ends
   */
  public record Span(int start, int end, int from, int to) {}

  /** Returns the tiles along an axis: their kept parts follow one another without a gap. */
  public List<Span> spans(int length) {
    List<Span> spans = new ArrayList<>();
    int from = 0;
    while (from < length) {
      // The last tile is moved back, so that it is no smaller than it must be.
      int start = Math.min(Math.max(0, from - overlap), Math.max(0, up(length - side)));
      int end = Math.min(length, start + side);
      int to = end - overlap;
      if (end == length) {
        to = length;
      }
      spans.add(new Span(start, end, from, to));
      from = to;
    }
    return spans;
  }

  private int up(int pixels) {
    return (pixels + period - 1) / period * period;
  }
}
