package org.distillgrid.kd.weights.torch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.Content;
import org.distillgrid.kd.weights.Problem;
import org.distillgrid.kd.weights.StoredCheckpoint;
import org.distillgrid.kd.weights.WeightFile;
import org.distillgrid.kd.weights.ZipArchive;

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

  /** Opens content of the format before 1.6, if it starts as a pickle does. */
  public static Optional<StoredCheckpoint> legacy(Content content, String source)
      throws IOException {
    if (content.length() > 1 && (content.range(0, 1).get(0) & 0xff) == PICKLE) {
      return Optional.of(TorchLegacy.open(content, source));
    }
    return Optional.empty();
  }

  /** Opens a zip file if there is a pickle of PyTorch's in it. */
  public static Optional<StoredCheckpoint> zipped(
      ZipArchive archive, long fileLength, String source) throws IOException {
    Optional<String> folder = TorchZip.folder(archive);
    if (folder.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(TorchZip.open(archive, folder.get(), fileLength, source));
  }

  private static StoredCheckpoint open(Content content, String source) throws IOException {
    Optional<StoredCheckpoint> legacy = legacy(content, source);
    if (legacy.isPresent()) {
      return legacy.get();
    }
    Problem problem = Problem.of(source);
    return zipped(ZipArchive.open(content, problem), content.length(), source)
        .orElseThrow(() -> problem.damaged("there is no data.pkl in it"));
  }
}
