package org.distillgrid.kd.export;

import java.util.Optional;
import org.distillgrid.kd.export.onnx.Model;

/**
 * An exported network.
 *
 * @param bytes what is written
 * @param size the one size of image that it takes; absent where it takes any
 * @param obstacle why it takes one size only, or empty
 */
public record OnnxFile(byte[] bytes, Optional<Size> size, String obstacle) {
  /**
   * The size of an image.
   *
   * @param height rows
   * @param width columns
   */
  public record Size(int height, int width) {
    /** Returns width×height, as images are spoken of. */
    @Override
    public String toString() {
      return width + "×" + height;
    }
  }

  /** Returns the version of the operators. */
  public int opset() {
    return Model.OPSET;
  }
}
