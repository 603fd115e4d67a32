package org.distillgrid.kd.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.distillgrid.kd.error.GridException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a header claims is held against bounds before any pixel is decoded. */
@Timeout(20)
class TestImageBounds {
  private final ImageReader reader = ImageReader.bounded(200_000_000);

  @TempDir private Path folder;

  @Test
  void noSideMayExceedTheLongest() throws IOException {
    Path file = Files.write(folder.resolve("line.png"), png(100_000_000, 1));
    assertThatThrownBy(() -> reader.read(file))
        .isInstanceOf(GridException.class)
        .hasMessage("Cannot read image %s: 1×100000000 pixels: no side may exceed 65535", file);
    assertThatThrownBy(() -> reader.read(png(1, 65_536)))
        .hasMessage("Cannot read image: 65536×1 pixels: no side may exceed 65535");
  }

  @Test
  void lossyWebpCannotHoldWhatItClaims() {
    byte[] bytes = GoldenImages.bytes("lossy50.webp");
    littleEndian(bytes).putShort(26, (short) 10_000).putShort(28, (short) 10_000);
    assertThatThrownBy(() -> reader.read(bytes))
        .hasMessage(
            "Cannot read image: 10000×10000 pixels are more than its %d bytes can hold, at most %d",
            bytes.length, bytes.length * 1024);
    littleEndian(bytes).putShort(26, (short) 4_000).putShort(28, (short) 4_000);
    assertThatThrownBy(() -> reader.read(bytes)).hasMessageStartingWith("Cannot read image: ");
  }

  @Test
  void losslessWebpCannotHoldWhatItClaims() {
    byte[] bytes = GoldenImages.bytes("lossless8.webp");
    littleEndian(bytes).putInt(21, 9_999 | 9_999 << 14);
    assertThatThrownBy(() -> reader.read(bytes))
        .hasMessageStartingWith("Cannot read image: 10000×10000 pixels are more than its");
  }

  @Test
  void jpegCannotHoldWhatItClaims() {
    byte[] bytes = GoldenImages.bytes("420.jpg");
    int frame = 0;
    while (bytes[frame] != (byte) 0xff || bytes[frame + 1] != (byte) 0xc0) {
      frame++;
    }
    ByteBuffer.wrap(bytes).putShort(frame + 5, (short) 10_000).putShort(frame + 7, (short) 9_000);
    assertThatThrownBy(() -> reader.read(bytes))
        .hasMessageStartingWith("Cannot read image: 10000×9000 pixels are more than its");
  }

  @ParameterizedTest
  @CsvSource({"raw.tif", "lzw.tif", "adobe_deflate.tif", "packbits.tif", "jpeg.tif", "group4.tif"})
  void tiffCannotHoldWhatItClaims(String name) {
    byte[] bytes = GoldenImages.bytes(name);
    claim(bytes, 256, 14_000);
    claim(bytes, 257, 14_000);
    assertThatThrownBy(() -> reader.read(bytes)).hasMessageStartingWith("Cannot read image: ");
  }

  @Test
  void bitmapSaysWhatIsMissing() {
    byte[] bytes = GoldenImages.bytes("bits24.bmp");
    littleEndian(bytes).putInt(18, 9_000).putInt(22, 9_000);
    assertThatThrownBy(() -> reader.read(bytes))
        .hasMessage(
            "Cannot read image: truncated BMP: 9000×9000 pixels take 243000000 bytes, 5032 are"
                + " there");
    byte[] runs = GoldenImages.bytes("rle8.bmp");
    littleEndian(runs).putInt(18, 12_000).putInt(22, 12_000);
    assertThatThrownBy(() -> reader.read(runs))
        .hasMessageStartingWith("Cannot read image: 12000×12000 pixels are more than its");
  }

  @Test
  void bitmapsThatAreNotReadHaveAReason() {
    byte[] bare = GoldenImages.bytes("palette8.bmp");
    littleEndian(bare).putInt(10, 54);
    assertThatThrownBy(() -> reader.read(bare))
        .hasMessage("Cannot read image: a BMP of 8 bits a pixel without a palette");
    byte[] depth = GoldenImages.bytes("bits24.bmp");
    littleEndian(depth).putShort(28, (short) 2);
    assertThatThrownBy(() -> reader.read(depth))
        .hasMessage("Cannot read image: a BMP of 2 bits a pixel is not supported");
    byte[] coding = GoldenImages.bytes("bits24.bmp");
    littleEndian(coding).putInt(30, 4);
    assertThatThrownBy(() -> reader.read(coding))
        .hasMessage("Cannot read image: a BMP of 24 bits a pixel in coding 4 is not supported");
  }

  @Test
  void aCodingThatIsNotReadHasItsName() {
    byte[] bytes = GoldenImages.bytes("raw.tif");
    claim(bytes, 259, 50_000);
    assertThatThrownBy(() -> reader.read(bytes))
        .hasMessage("Cannot read image: a TIFF of compression Zstandard is not supported");
  }

  @Test
  void aFlatImageIsReadHoweverFewItsBytes() {
    PlanarImage flat = new PlanarImage(1, 4_000, 4_000, new byte[16_000_000]);
    byte[] bytes = ImageWriter.png(flat);
    assertThat(bytes.length).isLessThan(30_000);
    assertThat(reader.read(bytes).height()).isEqualTo(4_000);
  }

  @Test
  void aJpegOfEndlessScansIsRefused() {
    byte[] whole = GoldenImages.bytes("progressive420.jpg");
    int scan = whole.length - 2;
    while (whole[scan] != (byte) 0xff || whole[scan + 1] != (byte) 0xda) {
      scan--;
    }
    byte[] last = Arrays.copyOfRange(whole, scan, whole.length - 2);
    ByteBuffer many = ByteBuffer.allocate(whole.length + 250 * last.length);
    many.put(whole, 0, whole.length - 2);
    for (int i = 0; i < 250; i++) {
      many.put(last);
    }
    many.put(whole, whole.length - 2, 2);
    assertThatThrownBy(() -> reader.read(many.array()))
        .hasMessage("Cannot read image: more than 200 scans in a JPEG");
  }

  private static void claim(byte[] tiff, int tag, int value) {
    ByteBuffer buffer = ByteBuffer.wrap(tiff);
    if (tiff[0] == 'I') {
      buffer.order(ByteOrder.LITTLE_ENDIAN);
    }
    int place = buffer.getInt(4) + 2;
    while (buffer.getShort(place) != tag) {
      place += 12;
    }
    // As a value of 32 bits, whatever it was.
    buffer.putShort(place + 2, (short) 4).putInt(place + 8, value);
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] png(int width, int height) {
    ByteBuffer buffer = ByteBuffer.allocate(8 + 25 + 12 + 200_000 + 12);
    buffer.putLong(0x89504e470d0a1a0aL);
    chunk(buffer, "IHDR", ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) 8));
    chunk(buffer, "IDAT", ByteBuffer.allocate(200_000));
    chunk(buffer, "IEND", ByteBuffer.allocate(0));
    return buffer.array();
  }

  private static void chunk(ByteBuffer buffer, String type, ByteBuffer data) {
    CRC32 checksum = new CRC32();
    checksum.update(type.getBytes(StandardCharsets.US_ASCII));
    checksum.update(data.array());
    buffer.putInt(data.capacity());
    buffer.put(type.getBytes(StandardCharsets.US_ASCII));
    buffer.put(data.array());
    buffer.putInt((int) checksum.getValue());
  }
}
