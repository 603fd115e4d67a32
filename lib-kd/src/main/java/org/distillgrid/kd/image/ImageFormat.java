package org.distillgrid.kd.image;

import com.twelvemonkeys.imageio.plugins.bmp.BMPImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.BigTIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/**
 * The formats that are read, each with its one decoder. They are told apart by their first bytes,
 * never by a file's name, and found without {@code ImageIO}'s scan of the class path, which on a
 * Spark executor does not see the application's jars.
 */
enum ImageFormat {
  PNG("89504e470d0a1a0a"),
  JPEG("ffd8ff"),
  BMP("424d"),
  TIFF_LITTLE_ENDIAN("49492a00"),
  TIFF_BIG_ENDIAN("4d4d002a"),
  BIG_TIFF_LITTLE_ENDIAN("49492b00"),
  BIG_TIFF_BIG_ENDIAN("4d4d002b"),
  WEBP("52494646");

  private final String signature;

  ImageFormat(String signature) {
    this.signature = signature;
  }

  /** Returns the format that the first bytes belong to, if any. */
  static Optional<ImageFormat> of(byte[] bytes) {
    return Arrays.stream(values()).filter(format -> format.begins(bytes)).findFirst();
  }

  /** Returns a fresh decoder. */
  ImageReader decoder() throws IOException {
    return switch (this) {
      case PNG -> standardDecoder();
      case JPEG -> JpegDecoder.PROVIDER.createReaderInstance(null);
      case BMP -> new BMPImageReaderSpi().createReaderInstance(null);
      case TIFF_LITTLE_ENDIAN, TIFF_BIG_ENDIAN ->
          new TIFFImageReaderSpi().createReaderInstance(null);
      case BIG_TIFF_LITTLE_ENDIAN, BIG_TIFF_BIG_ENDIAN ->
          new BigTIFFImageReaderSpi().createReaderInstance(null);
      case WEBP -> new WebPImageReaderSpi().createReaderInstance(null);
    };
  }

  /** Checks what the decoder does not: that the file is whole. */
  void requireWhole(byte[] bytes) throws UnreadableException {
    switch (this) {
      case PNG -> PngStructure.requireWhole(bytes);
      case JPEG -> JpegStructure.requireWhole(bytes);
      case WEBP -> WebpStructure.requireWhole(bytes);
      case BMP,
          TIFF_LITTLE_ENDIAN,
          TIFF_BIG_ENDIAN,
          BIG_TIFF_LITTLE_ENDIAN,
          BIG_TIFF_BIG_ENDIAN -> {}
    }
  }

  private boolean begins(byte[] bytes) {
    int length = Math.min(bytes.length, signature.length() / 2);
    return HexFormat.of().formatHex(bytes, 0, length).equals(signature);
  }

  private static ImageReader standardDecoder() {
    return ImageIO.getImageReadersByFormatName("png").next();
  }

  /** The JPEG decoder, which learns on registration which decoder of the JDK it builds on. */
  private static final class JpegDecoder {
    static final JPEGImageReaderSpi PROVIDER = registered();

    private static JPEGImageReaderSpi registered() {
      JPEGImageReaderSpi provider = new JPEGImageReaderSpi();
      IIORegistry.getDefaultInstance().registerServiceProvider(provider, ImageReaderSpi.class);
      return provider;
    }
  }
}
