package org.distillgrid.kd.export;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.distillgrid.kd.eval.LoadedNetwork;
import org.distillgrid.kd.eval.ModelWeights;
import org.distillgrid.kd.quant.packed.PackedStudent;

/** Turns the network of a weight file, quantisers included, into a file for other programs. */
public final class Export {
  private static final int HEIGHT = 720;
  private static final int WIDTH = 1280;

  private final ModelWeights weights;
  private final OnnxFile.Size size;

  private Export(ModelWeights weights, OnnxFile.Size size) {
    this.weights = weights;
    this.size = size;
  }

  /** Returns a builder, of which weights and scale must be set. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Returns the network as ONNX.
   *
   * @throws org.distillgrid.kd.error.GridException if the weights cannot be read or are those of
   *     another network, or it does what ONNX has no form for
   */
  public OnnxFile onnx() {
    try (LoadedNetwork loaded = weights.open()) {
      return OnnxExport.of(loaded.quantizedNetwork(), size.height(), size.width());
    }
  }

  /**
   * Returns the network at its bits, see {@link PackedStudent}.
   *
   * @throws org.distillgrid.kd.error.GridException if the weights cannot be read or are those of
   *     another network
   */
  public PackedStudent packed() {
    try (LoadedNetwork loaded = weights.open()) {
      return PackedStudent.of(loaded.quantizedNetwork());
    }
  }

  /** Collects what an export needs. */
  public static final class Builder {
    private Path weights;
    private int scale;
    private Optional<String> model = Optional.empty();
    private OptionalInt channels = OptionalInt.empty();
    private OnnxFile.Size size = new OnnxFile.Size(HEIGHT, WIDTH);

    private Builder() {}

    /** Sets the weights, for instance those that a training left. */
    public Builder setWeights(Path file) {
      weights = file;
      return this;
    }

    /** Sets target size over input size. */
    public Builder setScale(int factor) {
      scale = factor;
      return this;
    }

    /** Names the model, for weights that do not name it. */
    public Builder optModel(String name) {
      model = Optional.of(name);
      return this;
    }

    /** Sets the image channels, 1 or 3, for weights that do not state them; otherwise 3. */
    public Builder optChannels(int count) {
      channels = OptionalInt.of(count);
      return this;
    }

    /** Sets the image's size in pixels for networks that ONNX takes at one size only. */
    public Builder optSize(OnnxFile.Size only) {
      size = only;
      return this;
    }

    /** Returns the export; nothing has been read yet. */
    public Export build() {
      Objects.requireNonNull(weights, "setWeights");
      if (scale < 1) {
        throw new IllegalArgumentException("setScale: " + scale);
      }
      return new Export(new ModelWeights(weights, model, channels, scale), size);
    }
  }
}
