package org.distillgrid.kd.image.format;

import java.util.Arrays;

/** Cyan, magenta, yellow and black as RGB by Pillow's formula: (255 − ink)·(255 − black)/255. */
final class Inks {
  private static final int COLORS = 3;

  private Inks() {}

  /** Returns the RGB of four channels, 255 being full ink. */
  static StoredImage rgb(StoredImage inks) {
    int size = inks.size();
    byte[] samples = inks.samples();
    byte[] rgb = Arrays.copyOf(samples, COLORS * size);
    for (int color = 0; color < COLORS; color++) {
      for (int i = 0; i < size; i++) {
        int unblackened = 255 - (samples[COLORS * size + i] & 0xff);
        int product = (samples[color * size + i] & 0xff) * unblackened + 128;
        // Division by 255, rounded, as Pillow has it.
        int ink = ((product >> 8) + product) >> 8;
        rgb[color * size + i] = (byte) Math.max(0, unblackened - ink);
      }
    }
    return new StoredImage(COLORS, inks.height(), inks.width(), rgb);
  }

  /** Inverts all four channels where they are. */
  static StoredImage inverted(StoredImage inks) {
    invert(inks.samples(), 0);
    return inks;
  }

  /** Inverts the black channel where it is. */
  static StoredImage invertedBlack(StoredImage inks) {
    invert(inks.samples(), COLORS * inks.size());
    return inks;
  }

  private static void invert(byte[] samples, int from) {
    for (int i = from; i < samples.length; i++) {
      samples[i] = (byte) ~samples[i];
    }
  }
}
