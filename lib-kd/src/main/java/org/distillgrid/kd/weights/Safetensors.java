package org.distillgrid.kd.weights;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The safetensors format: a JSON header with the place of every tensor, then the tensors. Written
 * are 32-bit floats in the order of their names, then tensors of bytes, the same file for the same
 * checkpoint; read are floats of 16, 32 and 64 bits, integers and booleans.
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

  /** Opens content if a JSON object stands where the header should. */
  public static Optional<StoredCheckpoint> recognise(Content content, String source)
      throws IOException {
    if (content.startsWith(Long.BYTES, "{")) {
      return Optional.of(SafetensorsReader.open(content, source));
    }
    return Optional.empty();
  }

  /**
   * Writes a file; an earlier one of that name is replaced at the end, in one step.
   *
   * @throws org.distillgrid.kd.error.GridException if it cannot be written
   */
  public static void write(Checkpoint checkpoint, Path file) {
    write(PackedCheckpoint.of(checkpoint), file);
  }

  /**
   * Writes a file some of whose tensors are bytes, of type {@code U8} with one axis.
   *
   * @throws org.distillgrid.kd.error.GridException if it cannot be written
   */
  public static void write(PackedCheckpoint checkpoint, Path file) {
    SafetensorsWriter writer = SafetensorsWriter.of(checkpoint);
    WeightFile.write(file, writer::write);
  }

  /** Returns the content of a file. */
  public static byte[] bytes(Checkpoint checkpoint) {
    return bytes(PackedCheckpoint.of(checkpoint));
  }

  /** Returns the content of a file some of whose tensors are bytes. */
  public static byte[] bytes(PackedCheckpoint checkpoint) {
    SafetensorsWriter writer = SafetensorsWriter.of(checkpoint);
    return WeightFile.bytes(checkpoint.dataBytes(), writer::write);
  }

  /** Returns how many bytes that content has, without laying it out. */
  public static long length(PackedCheckpoint checkpoint) {
    return SafetensorsWriter.of(checkpoint).length();
  }
}
