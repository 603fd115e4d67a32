package org.distillgrid.kd.image.format;

/**
 * Lines of colour. The three channels go through one loop: each sample waits for the one to its
 * left, and three such chains at once take no longer than one.
 */
final class PngColorLines implements PngLines {
  private final int step;
  private final int width;
  private final int plane;
  private final byte[] planes;

  /**
   * Makes black planes.
   *
   * @param step 3, or 4 with alpha
   */
  PngColorLines(int step, int height, int width) {
    this.step = step;
    this.width = width;
    this.plane = Math.multiplyExact(height, width);
    this.planes = new byte[Math.multiplyExact(3, plane)];
  }

  @Override
  public byte[] planes() {
    return planes;
  }

  @Override
  public void copy(byte[] line, int from, int row) {
    int at = row * width;
    for (int i = from; at < (row + 1) * width; i += step) {
      put(at, line[i], line[i + 1], line[i + 2]);
      at++;
    }
  }

  @Override
  public void addLeft(byte[] line, int from, int row) {
    int at = row * width;
    int red = 0;
    int green = 0;
    int blue = 0;
    for (int i = from; at < (row + 1) * width; i += step) {
      red += line[i];
      green += line[i + 1];
      blue += line[i + 2];
      put(at, red, green, blue);
      at++;
    }
  }

  @Override
  public void addHalfLeft(byte[] line, int from, int row) {
    int at = row * width;
    int red = 0;
    int green = 0;
    int blue = 0;
    for (int i = from; at < (row + 1) * width; i += step) {
      red = (line[i] + (red >> 1)) & 0xff;
      green = (line[i + 1] + (green >> 1)) & 0xff;
      blue = (line[i + 2] + (blue >> 1)) & 0xff;
      put(at, red, green, blue);
      at++;
    }
  }

  @Override
  public void addAbove(byte[] line, int from, int row) {
    int at = row * width;
    for (int i = from; at < (row + 1) * width; i += step) {
      int red = line[i] + above(at);
      int green = line[i + 1] + above(at + plane);
      int blue = line[i + 2] + above(at + 2 * plane);
      put(at, red, green, blue);
      at++;
    }
  }

  @Override
  public void addMean(byte[] line, int from, int row) {
    int at = row * width;
    int red = 0;
    int green = 0;
    int blue = 0;
    for (int i = from; at < (row + 1) * width; i += step) {
      red = (line[i] + ((red + above(at)) >> 1)) & 0xff;
      green = (line[i + 1] + ((green + above(at + plane)) >> 1)) & 0xff;
      blue = (line[i + 2] + ((blue + above(at + 2 * plane)) >> 1)) & 0xff;
      put(at, red, green, blue);
      at++;
    }
  }

  @Override
  public void addNearest(byte[] line, int from, int row) {
    int at = row * width;
    int red = 0;
    int green = 0;
    int blue = 0;
    int cornerRed = 0;
    int cornerGreen = 0;
    int cornerBlue = 0;
    for (int i = from; at < (row + 1) * width; i += step) {
      int aboveRed = above(at);
      int aboveGreen = above(at + plane);
      int aboveBlue = above(at + 2 * plane);
      red = (line[i] + PngLines.nearest(red, aboveRed, cornerRed)) & 0xff;
      green = (line[i + 1] + PngLines.nearest(green, aboveGreen, cornerGreen)) & 0xff;
      blue = (line[i + 2] + PngLines.nearest(blue, aboveBlue, cornerBlue)) & 0xff;
      put(at, red, green, blue);
      cornerRed = aboveRed;
      cornerGreen = aboveGreen;
      cornerBlue = aboveBlue;
      at++;
    }
  }

  private int above(int at) {
    return planes[at - width] & 0xff;
  }

  private void put(int at, int red, int green, int blue) {
    planes[at] = (byte) red;
    planes[at + plane] = (byte) green;
    planes[at + 2 * plane] = (byte) blue;
  }
}
