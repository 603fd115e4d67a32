package org.distillgrid.kd.weights.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.CheckpointListing;
import org.distillgrid.kd.weights.Content;
import org.distillgrid.kd.weights.Npz;
import org.distillgrid.kd.weights.Problem;
import org.distillgrid.kd.weights.Safetensors;
import org.distillgrid.kd.weights.StoredCheckpoint;
import org.distillgrid.kd.weights.WeightFile;
import org.distillgrid.kd.weights.torch.Pth;

/** Opens weight files whatever their format; the content decides, not the name. */
public final class Checkpoints {
  private static final String SUPPORTED = "supported are .safetensors, .pth, .pt and .npz";

  private static final List<Recognition> FORMATS =
      List.of(Pth::recognise, Npz::recognise, Safetensors::recognise);

  private Checkpoints() {}

  /** Opens content that is of one format. */
  @FunctionalInterface
  private interface Recognition {
    Optional<StoredCheckpoint> of(Content content, String source) throws IOException;
  }

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
    // PyTorch's zip files first: NumPy's have nothing else that tells them.
    for (Recognition format : FORMATS) {
      Optional<StoredCheckpoint> recognised = format.of(content, source);
      if (recognised.isPresent()) {
        return recognised.get();
      }
    }
    throw Problem.of(source).damaged("its format is unknown; " + SUPPORTED);
  }
}
