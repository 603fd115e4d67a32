package org.distillgrid.kd.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads one safetensors file whose every claim is checked against its real length. */
final class SafetensorsReader implements StoredCheckpoint {
  private static final String FORMAT = "safetensors";
  static final String METADATA = "__metadata__";

  // Some 100,000 tensors; the format's own bound of 100 MB would let a header fill the heap.
  private static final long LONGEST_HEADER = 16L << 20;
  private static final Map<String, StoredType> TYPES =
      new TreeMap<>(
          Map.of(
              "F16", StoredType.HALF,
              "BF16", StoredType.BFLOAT,
              "F32", StoredType.SINGLE,
              "F64", StoredType.DOUBLE,
              "I8", StoredType.INT8,
              "U8", StoredType.UINT8,
              "I16", StoredType.INT16,
              "I32", StoredType.INT32,
              "I64", StoredType.INT64,
              "BOOL", StoredType.BOOL));

  private record Entry(String name, StoredType type, long[] shape, long begin, long end) {}

  private final Content content;
  private final Problem problem;
  private final List<Entry> entries = new ArrayList<>();
  private SortedMap<String, String> metadata = new TreeMap<>();
  private long dataStart;

  private SafetensorsReader(Content content, String source) {
    this.content = content;
    this.problem = Problem.of(source, FORMAT);
  }

  /** Reads the header and holds it against the file's length. */
  static SafetensorsReader open(Content content, String source) throws IOException {
    SafetensorsReader reader = new SafetensorsReader(content, source);
    reader.readHeader();
    return reader;
  }

  private void readHeader() throws IOException {
    if (content.length() < Long.BYTES) {
      throw problem.damaged("it ends within the length of its header");
    }
    long headerLength = content.range(0, Long.BYTES).getLong(0);
    if (headerLength < 0 || headerLength > content.length() - Long.BYTES) {
      throw problem.damaged("its header claims to be longer than the file");
    }
    if (headerLength > LONGEST_HEADER) {
      throw problem.damaged("its header has more than " + LONGEST_HEADER + " bytes");
    }
    JsonNode header = header((int) headerLength);
    dataStart = Long.BYTES + headerLength;
    for (Map.Entry<String, JsonNode> field : header.properties()) {
      if (field.getKey().equals(METADATA)) {
        metadata = metadata(field.getValue());
      } else {
        entries.add(entry(field.getKey(), field.getValue()));
      }
    }
    requireCoverage(entries, content.length() - dataStart);
  }

  @Override
  public CheckpointContents contents() {
    SortedMap<String, CheckpointListing.Tensor> tensors = new TreeMap<>();
    for (Entry entry : entries) {
      tensors.put(entry.name, CheckpointListing.Tensor.of(entry.shape, entry.type));
    }
    return CheckpointContents.flat(FORMAT, tensors, metadata);
  }

  @Override
  public SortedMap<String, HostTensor> read(Set<String> names) throws IOException {
    SortedMap<String, HostTensor> tensors = new TreeMap<>();
    for (Entry entry : entries) {
      if (!names.contains(entry.name)) {
        continue;
      }
      int length = (int) (entry.end - entry.begin);
      ByteBuffer data = content.range(dataStart + entry.begin, length);
      tensors.put(entry.name, new HostTensor(entry.shape, entry.type.values(data)));
    }
    return tensors;
  }

  private JsonNode header(int length) throws IOException {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(content.range(Long.BYTES, length)).toString();
      JsonFactory strict =
          JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
      JsonNode header =
          new ObjectMapper(strict)
              .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
              .readTree(text);
      if (!header.isObject()) {
        throw problem.damaged("its header is no JSON object");
      }
      return header;
    } catch (JsonProcessingException e) {
      throw problem.damaged("its header is no valid JSON");
    } catch (CharacterCodingException e) {
      throw problem.damaged("its header is not UTF-8");
    }
  }

  private SortedMap<String, String> metadata(JsonNode node) {
    SortedMap<String, String> texts = new TreeMap<>();
    if (!node.isObject()) {
      throw problem.damaged(METADATA + " is no JSON object");
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!field.getValue().isTextual()) {
        throw problem.damaged(METADATA + " holds something other than text");
      }
      texts.put(field.getKey(), field.getValue().textValue());
    }
    return texts;
  }

  private Entry entry(String name, JsonNode node) {
    String dtype = node.path("dtype").asText();
    StoredType type = TYPES.get(dtype);
    if (type == null) {
      throw problem.damaged(
          String.format(
              "%s has type %s; readable are %s",
              Printable.of(name), Printable.of(dtype), String.join(", ", TYPES.keySet())));
    }
    long[] shape = sizes(name, node.path("shape"));
    long[] offsets = sizes(name, node.path("data_offsets"));
    if (offsets.length != 2 || offsets[0] > offsets[1]) {
      throw problem.damaged(Printable.of(name) + " has no valid data_offsets");
    }
    long bytes = TensorBounds.bytes(shape, type).orElse(-1);
    if (bytes != offsets[1] - offsets[0]) {
      throw problem.damaged(Printable.of(name) + " has another length than its shape needs");
    }
    return new Entry(name, type, shape, offsets[0], offsets[1]);
  }

  private long[] sizes(String name, JsonNode node) {
    if (!node.isArray() || node.size() > TensorBounds.MOST_AXES) {
      throw problem.damaged(Printable.of(name) + " has no valid shape and data_offsets");
    }
    long[] sizes = new long[node.size()];
    for (int i = 0; i < sizes.length; i++) {
      JsonNode size = node.get(i);
      if (!size.isIntegralNumber() || !size.canConvertToLong() || size.longValue() < 0) {
        throw problem.damaged(Printable.of(name) + " has no valid shape and data_offsets");
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
        throw problem.damaged(
            Printable.of(entry.name) + " does not start where the tensor before it ends");
      }
      covered = entry.end;
    }
    if (covered != length) {
      throw problem.damaged(
          String.format("its tensors take %d bytes, but %d follow the header", covered, length));
    }
  }
}
