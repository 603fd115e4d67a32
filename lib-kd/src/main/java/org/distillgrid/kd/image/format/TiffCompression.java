package org.distillgrid.kd.image.format;

/** How the samples of a TIFF are coded, as far as it bounds what a file can hold. */
enum TiffCompression {
  NONE(1),
  LZW(1366),
  DEFLATE(1032),
  PACK_BITS(64),
  JPEG(0),
  BILEVEL(0),
  OTHER(0);

  private static final long JPEG_PIXELS_IN_BYTE = 8 * 64;

  private final long expansion;

  TiffCompression(long expansion) {
    this.expansion = expansion;
  }

  static TiffCompression of(long code) {
    return switch ((int) code) {
      case 1 -> NONE;
      case 2, 3, 4 -> BILEVEL;
      case 5 -> LZW;
      case 6, 7 -> JPEG;
      case 8, 32946 -> DEFLATE;
      case 32773 -> PACK_BITS;
      default -> OTHER;
    };
  }

  /** Returns what people call a code that is not read here. */
  static String name(long code) {
    return switch ((int) code) {
      case 34712 -> "JPEG 2000";
      case 34925 -> "LZMA";
      case 50000 -> "Zstandard";
      case 50001 -> "WebP";
      case 50002 -> "JPEG XL";
      default -> Long.toString(code);
    };
  }

  /** Returns how many pixels so many bytes can hold. */
  long mostPixels(long bytes, long width, long bitsOfPixel) {
    return switch (this) {
      case NONE, LZW, DEFLATE, PACK_BITS -> 8 * expansion * bytes / bitsOfPixel;
      case JPEG -> JPEG_PIXELS_IN_BYTE * bytes;
      // A row like the one above costs a bit.
      case BILEVEL -> 8 * width * bytes;
      case OTHER -> Long.MAX_VALUE;
    };
  }
}
