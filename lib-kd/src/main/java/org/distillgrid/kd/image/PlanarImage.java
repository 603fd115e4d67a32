package org.distillgrid.kd.image;

import java.util.Objects;

/**
 * An 8-bit image, channel after channel (C×H×W), row-major, values 0..255 as unsigned bytes. One
 * channel is grey, three are RGB. The array is shared, not copied: who hands it over gives it up.
 */
public record PlanarImage(int channels, int height, int width, byte[] samples) {
  /** Checks that the samples fit the sizes. */
  public PlanarImage {
    Objects.requireNonNull(samples, "samples");
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("Channels must be 1 or 3: " + channels);
    }
    if (height < 1 || width < 1 || samples.length != (long) channels * height * width) {
      throw new IllegalArgumentException(
          String.format(
              "Samples do not fit %d×%d×%d: %d", channels, height, width, samples.length));
    }
  }

  /** Returns the value 0..255 at a place. */
  public int at(int channel, int row, int column) {
    return samples[(channel * height + row) * width + column] & 0xff;
  }

  /** Returns the rectangle whose top left corner is (row, column). */
  public PlanarImage crop(int row, int column, int cropHeight, int cropWidth) {
    byte[] cropped = new byte[channels * cropHeight * cropWidth];
    for (int c = 0; c < channels; c++) {
      for (int r = 0; r < cropHeight; r++) {
        System.arraycopy(
            samples,
            (c * height + row + r) * width + column,
            cropped,
            (c * cropHeight + r) * cropWidth,
            cropWidth);
      }
    }
    return new PlanarImage(channels, cropHeight, cropWidth, cropped);
  }
}
