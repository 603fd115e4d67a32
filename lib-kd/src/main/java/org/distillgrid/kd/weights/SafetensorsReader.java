package org.distillgrid.kd.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/** Reads one safetensors file whose every claim is checked against its real length. */
final class SafetensorsReader {
  static final String METADATA = "__metadata__";

  // Some 100,000 tensors; the format's own bound of 100 MB would let a header fill the heap.
  private static final long LONGEST_HEADER = 16L << 20;
  private static final Map<String, FloatFormat> FORMATS =
      new TreeMap<>(
          Map.of(
              "F16", FloatFormat.HALF,
              "BF16", FloatFormat.BFLOAT,
              "F32", FloatFormat.SINGLE,
              "F64", FloatFormat.DOUBLE));

  private record Entry(String name, FloatFormat format, long[] shape, long begin, long end) {}

  private final ByteBuffer content;
  private final String source;

  SafetensorsReader(byte[] content, String source) {
    this.content = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    this.source = source;
  }

  Checkpoint read() {
    if (content.limit() < Long.BYTES) {
      throw damaged("it ends within the length of its header");
    }
    long headerLength = content.getLong(0);
    if (headerLength < 0 || headerLength > content.limit() - Long.BYTES) {
      throw damaged("its header claims to be longer than the file");
    }
    if (headerLength > LONGEST_HEADER) {
      throw damaged("its header has more than " + LONGEST_HEADER + " bytes");
    }
    JsonNode header = header((int) headerLength);
    int dataStart = Long.BYTES + (int) headerLength;
    SortedMap<String, String> metadata = new TreeMap<>();
    List<Entry> entries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : header.properties()) {
      if (field.getKey().equals(METADATA)) {
        metadata = metadata(field.getValue());
      } else {
        entries.add(entry(field.getKey(), field.getValue()));
      }
    }
    requireCoverage(entries, content.limit() - dataStart);
    SortedMap<String, HostTensor> tensors = new TreeMap<>();
    for (Entry entry : entries) {
      int length = (int) (entry.end - entry.begin);
      ByteBuffer data = content.slice(dataStart + (int) entry.begin, length);
      float[] values = entry.format.values(data.order(ByteOrder.LITTLE_ENDIAN));
      tensors.put(entry.name, new HostTensor(entry.shape, values));
    }
    return new Checkpoint(tensors, metadata);
  }

  private JsonNode header(int length) {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(content.slice(Long.BYTES, length)).toString();
      JsonFactory strict =
          JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
      JsonNode header =
          new ObjectMapper(strict)
              .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
              .readTree(text);
      if (!header.isObject()) {
        throw damaged("its header is no JSON object");
      }
      return header;
    } catch (JsonProcessingException e) {
      throw damaged("its header is no valid JSON");
    } catch (CharacterCodingException e) {
      throw damaged("its header is not UTF-8");
    }
  }

  private SortedMap<String, String> metadata(JsonNode node) {
    SortedMap<String, String> metadata = new TreeMap<>();
    if (!node.isObject()) {
      throw damaged(METADATA + " is no JSON object");
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!field.getValue().isTextual()) {
        throw damaged(METADATA + " holds something other than text");
      }
      metadata.put(field.getKey(), field.getValue().textValue());
    }
    return metadata;
  }

  private Entry entry(String name, JsonNode node) {
    String dtype = node.path("dtype").asText();
    FloatFormat format = FORMATS.get(dtype);
    if (format == null) {
      throw damaged(
          String.format(
              "%s has type %s; readable are %s",
              Printable.of(name), Printable.of(dtype), String.join(", ", FORMATS.keySet())));
    }
    long[] shape = sizes(name, node.path("shape"));
    long[] offsets = sizes(name, node.path("data_offsets"));
    if (offsets.length != 2 || offsets[0] > offsets[1]) {
      throw damaged(Printable.of(name) + " has no valid data_offsets");
    }
    long bytes = TensorBounds.bytes(shape, format).orElse(-1);
    if (bytes != offsets[1] - offsets[0]) {
      throw damaged(Printable.of(name) + " has another length than its shape needs");
    }
    return new Entry(name, format, shape, offsets[0], offsets[1]);
  }

  private long[] sizes(String name, JsonNode node) {
    if (!node.isArray() || node.size() > TensorBounds.MOST_AXES) {
      throw damaged(Printable.of(name) + " has no valid shape and data_offsets");
    }
    long[] sizes = new long[node.size()];
    for (int i = 0; i < sizes.length; i++) {
      JsonNode size = node.get(i);
      if (!size.isIntegralNumber() || !size.canConvertToLong() || size.longValue() < 0) {
        throw damaged(Printable.of(name) + " has no valid shape and data_offsets");
      }
      sizes[i] = size.longValue();
    }
    return sizes;
  }

  private void requireCoverage(List<Entry> entries, long length) {
    List<Entry> sorted = new ArrayList<>(entries);
    sorted.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    long covered = 0;
    for (Entry entry : sorted) {
      if (entry.begin != covered) {
        throw damaged(Printable.of(entry.name) + " does not start where the tensor before it ends");
      }
      covered = entry.end;
    }
    if (covered != length) {
      throw damaged(
          String.format("its tensors take %d bytes, but %d follow the header", covered, length));
    }
  }

  private GridException damaged(String what) {
    return GridException.of(ErrorCode.INPUT, "Cannot read %s as safetensors: %s", source, what);
  }
}
