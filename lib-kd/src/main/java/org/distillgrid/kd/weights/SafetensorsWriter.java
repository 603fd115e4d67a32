package org.distillgrid.kd.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/** Lays a checkpoint out as a safetensors file. */
final class SafetensorsWriter {
  private SafetensorsWriter() {}

  static byte[] bytes(Checkpoint checkpoint) {
    byte[] header = header(checkpoint);
    long data = 0;
    for (HostTensor tensor : checkpoint.tensors().values()) {
      data += (long) tensor.values().length * Float.BYTES;
    }
    // Tensors start at a multiple of eight, as the format advises; spaces fill up the header.
    int padding = Math.floorMod(-header.length, Long.BYTES);
    long length = Long.BYTES + (long) header.length + padding + data;
    if (length > Integer.MAX_VALUE - Long.BYTES) {
      throw GridException.of(
          ErrorCode.OUTPUT, "Cannot write a checkpoint of more than 2 GiB: %d bytes", length);
    }
    ByteBuffer file = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(header.length + padding);
    file.put(header);
    for (int i = 0; i < padding; i++) {
      file.put((byte) ' ');
    }
    FloatBuffer floats = file.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    for (HostTensor tensor : checkpoint.tensors().values()) {
      floats.put(tensor.values());
    }
    return file.array();
  }

  private static byte[] header(Checkpoint checkpoint) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      json.writeStartObject();
      if (!checkpoint.metadata().isEmpty()) {
        json.writeObjectFieldStart(SafetensorsReader.METADATA);
        for (Map.Entry<String, String> entry : checkpoint.metadata().entrySet()) {
          json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
      }
      long offset = 0;
      for (Map.Entry<String, HostTensor> entry : checkpoint.tensors().entrySet()) {
        long end = offset + (long) entry.getValue().values().length * Float.BYTES;
        json.writeObjectFieldStart(entry.getKey());
        json.writeStringField("dtype", "F32");
        json.writeFieldName("shape");
        writeArray(json, entry.getValue().shape());
        json.writeFieldName("data_offsets");
        writeArray(json, offset, end);
        json.writeEndObject();
        offset = end;
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void writeArray(JsonGenerator json, long... values) throws IOException {
    json.writeArray(values, 0, values.length);
  }
}
