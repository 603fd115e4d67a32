package org.distillgrid.kd.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestSafetensors {
  private static final Checkpoint CHECKPOINT =
      Checkpoint.of(
          Map.of(
              "b.weight",
                  new HostTensor(new long[] {2, 3}, new float[] {0, -1, 2.5f, 1e-40f, 3e38f, -0f}),
              "a", new HostTensor(new long[] {}, new float[] {7}),
              "empty", new HostTensor(new long[] {0, 4}, new float[] {})),
          Map.of("model", "edsr-c4", "note", "ä \" ×"));

  @TempDir private Path folder;

  @Test
  void readsWhatItWrote() {
    Path file = folder.resolve("w.safetensors");
    Safetensors.write(CHECKPOINT, file);
    Checkpoint read = Safetensors.read(file);
    assertThat(read.metadata()).isEqualTo(CHECKPOINT.metadata());
    assertThat(read.tensors().keySet()).containsExactly("a", "b.weight", "empty");
    read.tensors()
        .forEach(
            (name, tensor) -> {
              assertThat(tensor.shape()).isEqualTo(CHECKPOINT.tensors().get(name).shape());
              assertThat(tensor.values()).isEqualTo(CHECKPOINT.tensors().get(name).values());
            });
    assertThat(folder).isDirectoryContaining(path -> path.equals(file));
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void writesTheBytesOfTheFormat() {
    Checkpoint checkpoint =
        Checkpoint.of(
            Map.of("w", new HostTensor(new long[] {2}, new float[] {1, -2})), Map.of("k", "v"));
    String header =
        "{\"__metadata__\":{\"k\":\"v\"},"
            + "\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
    byte[] bytes = Safetensors.bytes(checkpoint);
    int padded = (header.length() + 7) / 8 * 8;
    ByteBuffer expected = ByteBuffer.allocate(16 + padded).order(ByteOrder.LITTLE_ENDIAN);
    expected.putLong(padded).put(header.getBytes(StandardCharsets.US_ASCII));
    while (expected.position() < 8 + padded) {
      expected.put((byte) ' ');
    }
    expected.putFloat(1).putFloat(-2);
    assertThat(bytes).isEqualTo(expected.array());
    assertThat(Safetensors.bytes(checkpoint)).isEqualTo(bytes);
  }

  @Test
  void writesBytesBehindFloats() {
    Checkpoint floats = Checkpoint.of(Map.of("w", CHECKPOINT.tensors().get("a")), Map.of());
    SortedMap<String, byte[]> packed = new TreeMap<>(Map.of("a", new byte[] {1, -1, 3}));
    PackedCheckpoint checkpoint = new PackedCheckpoint(floats, packed);
    byte[] bytes = Safetensors.bytes(checkpoint);
    Path file = folder.resolve("p.safetensors");
    Safetensors.write(checkpoint, file);
    assertThat(file).hasBinaryContent(bytes).hasSize(Safetensors.length(checkpoint));
    assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
        .contains("\"w\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}")
        .contains("\"a\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[4,7]}");
    Map<String, HostTensor> read = Safetensors.read(file).tensors();
    assertThat(read.get("a").values()).containsExactly(1, 255, 3);
    assertThat(read.get("w").values()).containsExactly(7);
    assertThatThrownBy(() -> new PackedCheckpoint(floats, new TreeMap<>(Map.of("w", bytes))))
        .hasMessage("Tensor is there twice: w");
  }

  @Test
  void convertsOtherFloats() {
    ByteBuffer data = ByteBuffer.allocate(28).order(ByteOrder.LITTLE_ENDIAN);
    data.putDouble(0.1);
    for (int half : new int[] {0x3c00, 0xc000, 0x0001, 0x7c00, 0x8000, 0x7bff}) {
      data.putShort((short) half);
    }
    data.putShort((short) 0x3f80).putShort((short) 0xc040).putFloat(9);
    String header =
        "{\"d\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]},"
            + "\"h\":{\"dtype\":\"F16\",\"shape\":[6],\"data_offsets\":[8,20]},"
            + "\"b\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[20,24]},"
            + "\"s\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[24,28]}}";
    Map<String, HostTensor> tensors = Safetensors.read(file(header, data.array()), "x").tensors();
    assertThat(tensors.get("d").values()).containsExactly(0.1f);
    assertThat(tensors.get("h").values())
        .containsExactly(1, -2, 0x1p-24f, Float.POSITIVE_INFINITY, -0f, 65504);
    assertThat(tensors.get("b").values()).containsExactly(1, -3);
    assertThat(tensors.get("s").values()).containsExactly(9);
  }

  @Test
  void refusesWhatTheHeaderClaimsFalsely() {
    assertRefused(tensor("F32", "[2]", "[0,8]"), 4, "its tensors take 8 bytes, but 4 follow");
    assertRefused(tensor("F32", "[2]", "[0,4]"), 4, "has another length than its shape needs");
    assertRefused(tensor("F32", "[-1]", "[0,4]"), 4, "has no valid shape");
    assertRefused(tensor("F32", "[1]", "[4,8]"), 8, "does not start where the tensor before");
    assertRefused(tensor("F32", "[4294967296,4294967296]", "[0,0]"), 0, "another length");
    assertRefused(
        tensor("C64", "[1]", "[0,8]"),
        8,
        "has type C64; readable are BF16, BOOL, F16, F32, F64, I16, I32, I64, I8, U8");
    assertRefused("{\"a\":1,\"a\":1}", 0, "its header is no valid JSON");
    assertRefused("[]", 0, "its header is no JSON object");
    assertRefused(
        "{\"__metadata__\":{\"k\":1}}", 0, "__metadata__ holds something other than text");
  }

  @Test
  void refusesAHeaderLongerThanTheFile() {
    byte[] file = ByteBuffer.allocate(9).order(ByteOrder.LITTLE_ENDIAN).putLong(1L << 40).array();
    assertThatThrownBy(() -> Safetensors.read(file, "w"))
        .hasMessage("Cannot read w as safetensors: its header claims to be longer than the file");
  }

  @Test
  void refusesEveryDamageInOneLine() {
    int[] counts = new int[2];
    Mutations.of(
        Safetensors.bytes(CHECKPOINT),
        20_000,
        damaged -> {
          try {
            Safetensors.read(damaged, "w");
            counts[0]++;
          } catch (GridException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.INPUT);
            assertThat(e.getMessage()).startsWith("Cannot read w as safetensors: ");
            assertThat(e.getMessage().lines()).hasSize(1);
            counts[1]++;
          }
        });
    assertThat(counts[0]).isPositive();
    assertThat(counts[1]).isGreaterThan(10_000);
  }

  @Test
  void leavesNothingBehindWhenItCannotWrite() throws IOException {
    Path blocked = Files.createDirectories(folder.resolve("w.safetensors/full"));
    Path file = blocked.getParent();
    assertThatThrownBy(() -> Safetensors.write(CHECKPOINT, file))
        .isInstanceOf(GridException.class)
        .hasMessageStartingWith("Cannot write " + file);
    assertThat(folder.toFile().list()).containsExactly("w.safetensors");
  }

  private static void assertRefused(String header, int dataBytes, String reason) {
    assertThatThrownBy(() -> Safetensors.read(file(header, new byte[dataBytes]), "w"))
        .isInstanceOf(GridException.class)
        .hasMessageStartingWith("Cannot read w as safetensors: ")
        .hasMessageContaining(reason);
  }

  private static String tensor(String dtype, String shape, String offsets) {
    return String.format(
        "{\"t\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}}", dtype, shape, offsets);
  }

  private static byte[] file(String header, byte[] data) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + text.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .put(data)
        .array();
  }
}
