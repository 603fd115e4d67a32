package org.distillgrid.kd.weights;

import java.io.IOException;
import java.nio.file.Path;

/**
 * PyTorch's {@code .pth} and {@code .pt} files. Read are state dicts as {@code torch.save} writes
 * them, in the zip format and in the legacy stream format, bare or nested as training programs nest
 * them; nothing in them is ever run.
 */
public final class Pth {
  private static final int PICKLE = 0x80;

  private Pth() {}

  /**
   * Reads a file. Numbers of any type become 32-bit floats.
   *
   * @throws org.distillgrid.kd.error.GridException if it cannot be read, is damaged, or holds
   *     Python objects other than tensors
   */
  public static Checkpoint read(Path file) {
    return WeightFile.read(file, Pth::open);
  }

  /**
   * Reads the content of a file; what it takes in memory is bounded by its length.
   *
   * @param source names the content in a message
   * @throws org.distillgrid.kd.error.GridException if it is damaged, or holds Python objects other
   *     than tensors
   */
  public static Checkpoint read(byte[] content, String source) {
    return WeightFile.read(content, source, Pth::open);
  }

  /**
   * Writes a file that {@code torch.load} opens, {@code weights_only=True} included, as an
   * OrderedDict of 32-bit tensors; the metadata are its attribute {@code distill_grid}. An earlier
   * file of that name is replaced at the end, in one step; the same checkpoint gives the same
   * bytes.
   *
   * @throws org.distillgrid.kd.error.GridException if it cannot be written
   */
  public static void write(Checkpoint checkpoint, Path file) {
    WeightFile.write(file, out -> TorchWriter.write(checkpoint, out));
  }

  /** Returns the content of a file. */
  public static byte[] bytes(Checkpoint checkpoint) {
    return WeightFile.bytes(checkpoint, out -> TorchWriter.write(checkpoint, out));
  }

  /** Returns whether content starts as a pickle does. */
  static boolean isLegacy(Content content) throws IOException {
    return content.length() > 1 && (content.range(0, 1).get(0) & 0xff) == PICKLE;
  }

  static StoredCheckpoint open(Content content, String source) throws IOException {
    if (isLegacy(content)) {
      return TorchLegacy.open(content, source);
    }
    ZipArchive archive = ZipArchive.open(content, Problem.of(source));
    String folder =
        TorchZip.folder(archive)
            .orElseThrow(() -> Problem.of(source).damaged("there is no data.pkl in it"));
    return TorchZip.open(archive, folder, content.length(), source);
  }
}
