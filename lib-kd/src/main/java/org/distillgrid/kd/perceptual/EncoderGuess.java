package org.distillgrid.kd.perceptual;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.HostTensor;

/** Reads the sizes of an encoder off the tensors of a checkpoint. */
final class EncoderGuess {
  static final String CODEBOOK = "quantize.embedding.weight";

  /** Metadata key of a checkpoint: the groups of its normalisation, which no tensor tells. */
  static final String GROUPS_KEY = "groups";

  private final Checkpoint checkpoint;
  private final String source;

  private EncoderGuess(Checkpoint checkpoint, String source) {
    this.checkpoint = checkpoint;
    this.source = source;
  }

  /**
   * Returns the sizes.
   *
   * @throws GridException if the checkpoint is of no encoder of five levels with a codebook
   */
  static EncoderShape of(Checkpoint checkpoint, String source) {
    return new EncoderGuess(checkpoint, source).shape();
  }

  private EncoderShape shape() {
    List<Integer> widths = new ArrayList<>();
    List<Integer> attention = new ArrayList<>();
    for (int i = 0; i < PerceptualEncoder.LEVELS; i++) {
      widths.add(size("encoder.down." + i + ".block.0.conv1.weight", 0));
      if (has("encoder.down." + i + ".attn.0.")) {
        attention.add(i);
      }
    }
    if (has("encoder.down." + PerceptualEncoder.LEVELS + ".")) {
      throw cannot("it has more than %d levels", PerceptualEncoder.LEVELS);
    }
    int blocks = 1;
    while (has("encoder.down.0.block." + blocks + ".")) {
      blocks++;
    }
    int latent = size("encoder.conv_out.weight", 0);
    int entries = size(CODEBOOK, 0);
    return new EncoderShape(
        widths, blocks, groups(widths), attention, latent, size(CODEBOOK, 1), entries);
  }

  private int groups(List<Integer> widths) {
    String released = Integer.toString(EncoderShape.RELEASED_GROUPS);
    String stated = checkpoint.metadata().getOrDefault(GROUPS_KEY, released);
    for (int width : widths) {
      if (!stated.matches("[1-9]\\d{0,3}") || width % Integer.parseInt(stated) != 0) {
        throw cannot("%d channels do not fall into %s groups", width, stated);
      }
    }
    return Integer.parseInt(stated);
  }

  private boolean has(String prefix) {
    SortedMap<String, HostTensor> from = checkpoint.tensors().tailMap(prefix);
    return !from.isEmpty() && from.firstKey().startsWith(prefix);
  }

  private int size(String name, int axis) {
    HostTensor tensor = checkpoint.tensors().get(name);
    if (tensor == null) {
      throw cannot("it has no tensor %s", name);
    }
    if (tensor.shape().length <= axis) {
      throw cannot("%s has %d axes", name, tensor.shape().length);
    }
    return Math.toIntExact(tensor.shape()[axis]);
  }

  @FormatMethod
  private GridException cannot(@FormatString String reason, Object... values) {
    return GridException.of(
        ErrorCode.INPUT,
        "Cannot load %s as a VQ encoder: %s",
        source,
        String.format(reason, values));
  }
}
