package org.distillgrid.kd.image;

/** How many channels a reader hands out, whatever the file stores. */
public enum Channels {
  /** One channel for a grey file, three for a colour file. */
  AS_STORED,
  /** Three channels; grey is repeated. */
  RGB,
  /** One channel; colour becomes (299·R + 587·G + 114·B)/1000, full range, rounded. */
  GREY,
  /** One channel; colour becomes the luma of {@link Luma}, 16..235, rounded. */
  LUMA;

  /** Returns the image with this number of channels. */
  public PlanarImage of(PlanarImage image) {
    return switch (this) {
      case AS_STORED -> image;
      case RGB -> rgb(image);
      case GREY -> grey(image);
      case LUMA -> Luma.rounded(image);
    };
  }

  private static PlanarImage rgb(PlanarImage image) {
    if (image.channels() == 3) {
      return image;
    }
    int size = image.samples().length;
    byte[] samples = new byte[Math.multiplyExact(3, size)];
    for (int channel = 0; channel < 3; channel++) {
      System.arraycopy(image.samples(), 0, samples, channel * size, size);
    }
    return new PlanarImage(3, image.height(), image.width(), samples);
  }

  private static PlanarImage grey(PlanarImage image) {
    if (image.channels() == 1) {
      return image;
    }
    byte[] colour = image.samples();
    int size = image.height() * image.width();
    byte[] samples = new byte[size];
    for (int i = 0; i < size; i++) {
      int red = colour[i] & 0xff;
      int green = colour[size + i] & 0xff;
      int blue = colour[2 * size + i] & 0xff;
      samples[i] = (byte) ((299 * red + 587 * green + 114 * blue + 500) / 1000);
    }
    return new PlanarImage(1, image.height(), image.width(), samples);
  }
}
