package org.distillgrid.kd.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.distillgrid.kd.error.GridException;

/** Opens weight files whatever their format; the content decides, not the name. */
public final class Checkpoints {
  private static final String SUPPORTED = "supported are .safetensors, .pth, .pt and .npz";

  private Checkpoints() {}

  /**
   * Reads a file.
   *
   * @throws GridException if it cannot be read, is damaged or of no known format
   */
  public static Checkpoint open(Path file) {
    return WeightFile.read(file, Checkpoints::recognise);
  }

  /**
   * Reads the content of a file.
   *
   * @param source names the content in a message
   * @throws GridException if it is damaged or of no known format
   */
  public static Checkpoint read(byte[] content, String source) {
    return WeightFile.read(content, source, Checkpoints::recognise);
  }

  /**
   * Lists what a file holds without reading the values of its tensors.
   *
   * @throws GridException if it cannot be read, is damaged or of no known format
   */
  public static CheckpointListing list(Path file) {
    return WeightFile.use(file, Checkpoints::recognise, StoredCheckpoint::listing);
  }

  private static StoredCheckpoint recognise(Content content, String source) throws IOException {
    if (content.length() == 0) {
      throw Problem.of(source).damaged("it is empty");
    }
    if (startsWith(content, 0, "PK")) {
      ZipArchive archive = ZipArchive.open(content, Problem.of(source));
      Optional<String> folder = TorchZip.folder(archive);
      if (folder.isPresent()) {
        return TorchZip.open(archive, folder.get(), content.length(), source);
      }
      return NpzReader.of(archive, content.length(), source);
    }
    if (Pth.isLegacy(content)) {
      return Pth.open(content, source);
    }
    if (startsWith(content, Long.BYTES, "{")) {
      return SafetensorsReader.open(content, source);
    }
    throw Problem.of(source).damaged("its format is unknown; " + SUPPORTED);
  }

  private static boolean startsWith(Content content, long offset, String text) throws IOException {
    byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
    return content.holds(offset, wanted.length)
        && content.range(offset, wanted.length).equals(ByteBuffer.wrap(wanted));
  }
}
