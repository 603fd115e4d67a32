package org.distillgrid.kd.image.format;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** The formats that are read, told apart by their first bytes, never by a file's name. */
public enum ImageFormat {
  /** Portable Network Graphics. */
  PNG("89504e470d0a1a0a"),
  /** JPEG, baseline and progressive. */
  JPEG("ffd8ff"),
  /** Windows and OS/2 bitmaps. */
  BMP("424d"),
  /** TIFF, least significant byte first. */
  TIFF_LITTLE_ENDIAN("49492a00"),
  /** TIFF, most significant byte first. */
  TIFF_BIG_ENDIAN("4d4d002a"),
  /** BigTIFF, least significant byte first. */
  BIG_TIFF_LITTLE_ENDIAN("49492b00"),
  /** BigTIFF, most significant byte first. */
  BIG_TIFF_BIG_ENDIAN("4d4d002b"),
  /** WebP, or another RIFF file. */
  WEBP("52494646");

  private final String signature;

  ImageFormat(String signature) {
    this.signature = signature;
  }

  /** Returns the format that the first bytes belong to, if any. */
  public static Optional<ImageFormat> of(byte[] bytes) {
    return Arrays.stream(values()).filter(format -> format.begins(bytes)).findFirst();
  }

  /**
   * Reads the header of a file of this format.
   *
   * @throws UnreadableException if it is cut short or makes no sense
   */
  public ImageFile open(byte[] bytes) throws UnreadableException {
    try {
      return switch (this) {
        case PNG -> PngFile.open(bytes);
        case JPEG -> JpegFile.open(bytes);
        case BMP -> BmpFile.open(bytes);
        case TIFF_LITTLE_ENDIAN, TIFF_BIG_ENDIAN, BIG_TIFF_LITTLE_ENDIAN, BIG_TIFF_BIG_ENDIAN ->
            TiffFile.open(bytes);
        case WEBP -> WebpFile.open(bytes);
      };
    } catch (IndexOutOfBoundsException e) {
      throw new UnreadableException("truncated: its header ends before its time", e);
    }
  }

  private boolean begins(byte[] bytes) {
    int length = Math.min(bytes.length, signature.length() / 2);
    return HexFormat.of().formatHex(bytes, 0, length).equals(signature);
  }
}
