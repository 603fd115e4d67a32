package org.distillgrid.kd.image.jpeg;

import org.distillgrid.kd.image.PlanarImage;

/**
 * One component of an image: samples 0..255, row-major. The array is shared, not copied: who hands
 * it over gives it up.
 */
record SamplePlane(int height, int width, int[] samples) {
  /** Returns one channel of an image. */
  static SamplePlane of(PlanarImage image, int channel) {
    int[] samples = new int[image.height() * image.width()];
    int offset = channel * samples.length;
    for (int i = 0; i < samples.length; i++) {
      samples[i] = image.samples()[offset + i] & 0xff;
    }
    return new SamplePlane(image.height(), image.width(), samples);
  }

  /** Returns the sample at a place, or that of the border next to it. */
  int nearest(int row, int column) {
    int inside = Math.max(0, Math.min(height - 1, row));
    return samples[inside * width + Math.max(0, Math.min(width - 1, column))];
  }

  /** Returns the grey image of these samples. */
  PlanarImage image() {
    byte[] bytes = new byte[samples.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) samples[i];
    }
    return new PlanarImage(1, height, width, bytes);
  }

  /** Returns a value brought to 0..255. */
  static int clamped(int value) {
    return Math.max(0, Math.min(255, value));
  }
}
