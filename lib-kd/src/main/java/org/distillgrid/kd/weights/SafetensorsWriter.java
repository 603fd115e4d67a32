package org.distillgrid.kd.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/** Lays a checkpoint out as a safetensors file. */
final class SafetensorsWriter {
  private SafetensorsWriter() {}

  static void write(Checkpoint checkpoint, OutputStream out) throws IOException {
    byte[] header = header(checkpoint);
    // Tensors start at a multiple of eight, as the format advises; spaces fill up the header.
    int padding = Math.floorMod(-header.length, Long.BYTES);
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.write(length.putLong(header.length + padding).array());
    out.write(header);
    for (int i = 0; i < padding; i++) {
      out.write(' ');
    }
    for (HostTensor tensor : checkpoint.tensors().values()) {
      FloatBytes.write(tensor.values(), out);
    }
  }

  private static byte[] header(Checkpoint checkpoint) throws IOException {
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
    }
    return bytes.toByteArray();
  }

  private static void writeArray(JsonGenerator json, long... values) throws IOException {
    json.writeArray(values, 0, values.length);
  }
}
