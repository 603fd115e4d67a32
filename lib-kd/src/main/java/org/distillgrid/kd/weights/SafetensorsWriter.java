package org.distillgrid.kd.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * Lays a checkpoint out as a safetensors file. Floats come before bytes: readers that map a file
 * into memory want every tensor at a multiple of its numbers' size.
 */
final class SafetensorsWriter {
  private final PackedCheckpoint checkpoint;
  private final byte[] header;
  private final int padding;

  private SafetensorsWriter(PackedCheckpoint checkpoint) {
    this.checkpoint = checkpoint;
    try {
      this.header = header(checkpoint);
    } catch (IOException e) {
      // A header in memory has no file that could fail.
      throw new UncheckedIOException(e);
    }
    // Tensors start at a multiple of eight, as the format advises; spaces fill up the header.
    this.padding = Math.floorMod(-header.length, Long.BYTES);
  }

  static SafetensorsWriter of(PackedCheckpoint checkpoint) {
    return new SafetensorsWriter(checkpoint);
  }

  /** Returns how many bytes the file has. */
  long length() {
    return Long.BYTES + header.length + padding + checkpoint.dataBytes();
  }

  void write(OutputStream out) throws IOException {
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.write(length.putLong(header.length + padding).array());
    out.write(header);
    for (int i = 0; i < padding; i++) {
      out.write(' ');
    }
    for (HostTensor tensor : checkpoint.floats().tensors().values()) {
      FloatBytes.write(tensor.values(), out);
    }
    for (byte[] tensor : checkpoint.packed().values()) {
      out.write(tensor);
    }
  }

  private static byte[] header(PackedCheckpoint checkpoint) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      json.writeStartObject();
      Map<String, String> metadata = checkpoint.floats().metadata();
      if (!metadata.isEmpty()) {
        json.writeObjectFieldStart(SafetensorsReader.METADATA);
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
          json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
      }
      long offset = 0;
      for (Map.Entry<String, HostTensor> entry : checkpoint.floats().tensors().entrySet()) {
        long end = offset + (long) entry.getValue().values().length * Float.BYTES;
        writeTensor(json, entry.getKey(), "F32", entry.getValue().shape(), offset, end);
        offset = end;
      }
      for (Map.Entry<String, byte[]> entry : checkpoint.packed().entrySet()) {
        int length = entry.getValue().length;
        writeTensor(json, entry.getKey(), "U8", new long[] {length}, offset, offset + length);
        offset += length;
      }
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private static void writeTensor(
      JsonGenerator json, String name, String type, long[] shape, long begin, long end)
      throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("dtype", type);
    json.writeFieldName("shape");
    json.writeArray(shape, 0, shape.length);
    json.writeFieldName("data_offsets");
    json.writeArray(new long[] {begin, end}, 0, 2);
    json.writeEndObject();
  }
}
