package org.distillgrid.kd.image.format;

/**
 * Samples as a file stores them, 8 bits, channel after channel (C×H×W), row-major.
 *
 * @param channels 1 for grey, 3 for RGB; between decoder and colour conversion 4 for CMYK
 */
public record StoredImage(int channels, int height, int width, byte[] samples) {
  int size() {
    return height * width;
  }
}
