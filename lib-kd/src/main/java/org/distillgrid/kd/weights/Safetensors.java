package org.distillgrid.kd.weights;

import java.nio.file.Path;

/**
 * The safetensors format: a JSON header with the place of every tensor, then the tensors. Written
 * are 32-bit floats in the order of their names, the same bytes for the same checkpoint; read are
 * floats of 16, 32 and 64 bits, integers and booleans.
 */
public final class Safetensors {
  private Safetensors() {}

  /**
   * Reads a file.
   *
   * @throws org.distillgrid.kd.error.GridException if it cannot be read or is damaged
   */
  public static Checkpoint read(Path file) {
    return WeightFile.read(file, SafetensorsReader::open);
  }

  /**
   * Reads the content of a file. No size in the header is trusted: the tensors must fill the rest
   * of the file without gap or overlap.
   *
   * @param source names the content in a message
   * @throws org.distillgrid.kd.error.GridException if it is damaged
   */
  public static Checkpoint read(byte[] content, String source) {
    return WeightFile.read(content, source, SafetensorsReader::open);
  }

  /**
   * Writes a file; an earlier one of that name is replaced at the end, in one step.
   *
   * @throws org.distillgrid.kd.error.GridException if it cannot be written
   */
  public static void write(Checkpoint checkpoint, Path file) {
    WeightFile.write(file, out -> SafetensorsWriter.write(checkpoint, out));
  }

  /** Returns the content of a file. */
  public static byte[] bytes(Checkpoint checkpoint) {
    return WeightFile.bytes(checkpoint, out -> SafetensorsWriter.write(checkpoint, out));
  }
}
