package org.distillgrid.kd.weights.file;

import java.io.IOException;
import java.nio.file.Path;
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
import org.distillgrid.kd.weights.ZipArchive;
import org.distillgrid.kd.weights.torch.Pth;

/** Opens weight files whatever their format; the content decides, not the name. */
public final class Checkpoints {
  private static final String SUPPORTED = "supported are .safetensors, .pth, .pt and .npz";

  private Checkpoints() {}

  /**
   * Reads the network of a file by names alone, its buffers among its tensors.
   *
   * @throws GridException if it cannot be read, is damaged or of no known format, or holds several
   *     networks and no telling which
   */
  public static Checkpoint open(Path file) {
    WeightPath where = new WeightPath(file.toString(), Optional.empty());
    return WeightFile.use(
        file, Checkpoints::recognise, stored -> new PartChoice(stored, where).byNames());
  }

  /**
   * Reads the network in the content of a file likewise.
   *
   * @param source names the content in a message
   * @throws GridException if it is damaged or of no known format, or holds several networks
   */
  public static Checkpoint read(byte[] content, String source) {
    WeightPath where = new WeightPath(source, Optional.empty());
    return WeightFile.use(
        content, source, Checkpoints::recognise, stored -> new PartChoice(stored, where).byNames());
  }

  /**
   * Takes the network out of a file that is looked for: the part that fits, averaged weights first.
   * If none fits, the one that names alone show.
   *
   * @throws GridException if it cannot be read, is damaged or of no known format, or holds several
   *     networks and no telling which
   */
  public static TakenWeights take(WeightPath where, PartFit fit) {
    return WeightFile.use(
        Path.of(where.file()),
        Checkpoints::recognise,
        stored -> new PartChoice(stored, where).take(fit));
  }

  /**
   * Takes the network out of the content of a file likewise.
   *
   * @param where names the content in a message, and may name the network
   * @throws GridException if it is damaged or of no known format, or holds several networks
   */
  public static TakenWeights take(byte[] content, WeightPath where, PartFit fit) {
    return WeightFile.use(
        content,
        where.file(),
        Checkpoints::recognise,
        stored -> new PartChoice(stored, where).take(fit));
  }

  /**
   * Lists what {@link #take} would take, without reading the values of its tensors.
   *
   * @throws GridException if it cannot be read, is damaged or of no known format
   */
  public static CheckpointListing list(WeightPath where, PartFit fit) {
    return WeightFile.use(
        Path.of(where.file()),
        Checkpoints::recognise,
        stored -> new PartChoice(stored, where).list(fit));
  }

  private static StoredCheckpoint recognise(Content content, String source) throws IOException {
    if (content.length() == 0) {
      throw Problem.of(source).damaged("it is empty");
    }
    // Its first bytes are a length, which may be those of a zip file or of a pickle; what stands at
    // its ninth is neither's.
    Optional<StoredCheckpoint> safetensors = Safetensors.recognise(content, source);
    if (safetensors.isPresent()) {
      return safetensors.get();
    }
    if (content.startsWith(0, "PK")) {
      // NumPy's zip files have nothing that tells them, so they are what PyTorch's are not.
      ZipArchive archive = ZipArchive.open(content, Problem.of(source));
      Optional<StoredCheckpoint> torch = Pth.zipped(archive, content.length(), source);
      if (torch.isPresent()) {
        return torch.get();
      }
      return Npz.zipped(archive, content.length(), source);
    }
    return Pth.legacy(content, source)
        .orElseThrow(() -> Problem.of(source).damaged("its format is unknown; " + SUPPORTED));
  }
}
