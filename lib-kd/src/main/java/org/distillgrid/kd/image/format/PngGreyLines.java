package org.distillgrid.kd.image.format;

/** Lines of grey. */
final class PngGreyLines implements PngLines {
  private final int step;
  private final int width;
  private final byte[] planes;

  /**
   * Makes a black plane.
   *
   * @param step 1, or 2 with alpha
   */
  PngGreyLines(int step, int height, int width) {
    this.step = step;
    this.width = width;
    this.planes = new byte[Math.multiplyExact(height, width)];
  }

  @Override
  public byte[] planes() {
    return planes;
  }

  @Override
  public void copy(byte[] line, int from, int row) {
    int at = row * width;
    for (int i = 0; i < width; i++) {
      planes[at + i] = line[from + i * step];
    }
  }

  @Override
  public void addLeft(byte[] line, int from, int row) {
    int at = row * width;
    int left = 0;
    for (int i = 0; i < width; i++) {
      left += line[from + i * step];
      planes[at + i] = (byte) left;
    }
  }

  @Override
  public void addHalfLeft(byte[] line, int from, int row) {
    int at = row * width;
    int left = 0;
    for (int i = 0; i < width; i++) {
      left = (line[from + i * step] + (left >> 1)) & 0xff;
      planes[at + i] = (byte) left;
    }
  }

  @Override
  public void addAbove(byte[] line, int from, int row) {
    int at = row * width;
    for (int i = 0; i < width; i++) {
      planes[at + i] = (byte) (line[from + i * step] + planes[at - width + i]);
    }
  }

  @Override
  public void addMean(byte[] line, int from, int row) {
    int at = row * width;
    int left = 0;
    for (int i = 0; i < width; i++) {
      int above = planes[at - width + i] & 0xff;
      left = (line[from + i * step] + ((left + above) >> 1)) & 0xff;
      planes[at + i] = (byte) left;
    }
  }

  @Override
  public void addNearest(byte[] line, int from, int row) {
    int at = row * width;
    int left = 0;
    int corner = 0;
    for (int i = 0; i < width; i++) {
      int above = planes[at - width + i] & 0xff;
      left = (line[from + i * step] + PngLines.nearest(left, above, corner)) & 0xff;
      planes[at + i] = (byte) left;
      corner = above;
    }
  }
}
