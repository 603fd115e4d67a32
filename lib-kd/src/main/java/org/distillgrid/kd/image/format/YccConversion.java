package org.distillgrid.kd.image.format;

/**
 * Luma and chroma of JPEG to RGB (ITU-R BT.601, full range), in libjpeg's whole numbers: 16 bits of
 * fraction, each product rounded where libjpeg rounds it.
 */
final class YccConversion {
  private static final int FRACTION = 16;
  private static final int HALF = 1 << (FRACTION - 1);
  private static final int MIDDLE = 128;
  private static final int RED_OF_CR = fixed(1.40200);
  private static final int BLUE_OF_CB = fixed(1.77200);
  private static final int GREEN_OF_CR = fixed(0.71414);
  private static final int GREEN_OF_CB = fixed(0.34414);

  private YccConversion() {}

  /** Converts the first three channels where they are. */
  static StoredImage rgb(StoredImage image) {
    byte[] samples = image.samples();
    int size = image.size();
    for (int i = 0; i < size; i++) {
      int luma = samples[i] & 0xff;
      int cb = (samples[size + i] & 0xff) - MIDDLE;
      int cr = (samples[2 * size + i] & 0xff) - MIDDLE;
      samples[i] = clamped(luma + ((RED_OF_CR * cr + HALF) >> FRACTION));
      samples[size + i] =
          clamped(luma + ((-GREEN_OF_CB * cb - GREEN_OF_CR * cr + HALF) >> FRACTION));
      samples[2 * size + i] = clamped(luma + ((BLUE_OF_CB * cb + HALF) >> FRACTION));
    }
    return image;
  }

  private static byte clamped(int value) {
    return (byte) Math.max(0, Math.min(255, value));
  }

  private static int fixed(double factor) {
    return (int) (factor * (1 << FRACTION) + 0.5);
  }
}
