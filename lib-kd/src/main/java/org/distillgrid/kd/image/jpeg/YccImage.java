package org.distillgrid.kd.image.jpeg;

import org.distillgrid.kd.image.PlanarImage;

/**
 * A colour image as JFIF has it: Y, Cb and Cr of BT.601 in the full range of 0..255, computed with
 * 16 bits behind the point as libjpeg does.
 *
 * @param luma Y
 * @param blue Cb
 * @param red Cr
 */
record YccImage(SamplePlane luma, SamplePlane blue, SamplePlane red) {
  private static final int POINT = 16;
  private static final int HALF = 1 << (POINT - 1);
  private static final int CENTRE = 128;
  private static final int OFFSET = (CENTRE << POINT) + HALF - 1;

  /** Returns the three components of an RGB image. */
  static YccImage of(PlanarImage image) {
    int size = image.height() * image.width();
    int[] luma = new int[size];
    int[] blue = new int[size];
    int[] red = new int[size];
    for (int i = 0; i < size; i++) {
      int r = image.samples()[i] & 0xff;
      int g = image.samples()[size + i] & 0xff;
      int b = image.samples()[2 * size + i] & 0xff;
      luma[i] = (19595 * r + 38470 * g + 7471 * b + HALF) >> POINT;
      blue[i] = (-11059 * r - 21709 * g + 32768 * b + OFFSET) >> POINT;
      red[i] = (32768 * r - 27439 * g - 5329 * b + OFFSET) >> POINT;
    }
    return new YccImage(plane(image, luma), plane(image, blue), plane(image, red));
  }

  /** Returns the RGB image of three components of one size. */
  PlanarImage rgb() {
    int size = luma.samples().length;
    byte[] samples = new byte[3 * size];
    for (int i = 0; i < size; i++) {
      int y = luma.samples()[i];
      int cb = blue.samples()[i] - CENTRE;
      int cr = red.samples()[i] - CENTRE;
      samples[i] = sample(y + ((91881 * cr + HALF) >> POINT));
      samples[size + i] = sample(y + ((-22554 * cb - 46802 * cr + HALF) >> POINT));
      samples[2 * size + i] = sample(y + ((116130 * cb + HALF) >> POINT));
    }
    return new PlanarImage(3, luma.height(), luma.width(), samples);
  }

  private static byte sample(int value) {
    return (byte) SamplePlane.clamped(value);
  }

  private static SamplePlane plane(PlanarImage image, int[] samples) {
    return new SamplePlane(image.height(), image.width(), samples);
  }
}
