package org.distillgrid.kd.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.distillgrid.kd.SharedData;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.junit.jupiter.api.Test;

class TestNpz {
  private static final byte[] ONE = floats(1.5f, -2);

  @Test
  void readsATeacherAsNumPyWroteIt() {
    Checkpoint teacher = Npz.read(SharedData.path("teachers/rlfn_x2.npz"));
    assertThat(teacher.tensors()).hasSize(114);
    assertThat(teacher.tensors().get("block_1.c1_r.weight").shape()).containsExactly(52, 52, 3, 3);
    long elements =
        teacher.tensors().values().stream().mapToLong(tensor -> tensor.values().length).sum();
    assertThat(elements).isEqualTo(526_856);
  }

  @Test
  void readsEveryFloatType() {
    ByteBuffer doubles = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(0.25);
    byte[] file =
        npz(
            Map.of(
                "s.npy", npy("<f4", "False", "(2, 1)", ONE),
                "d.npy", npy("<f8", "False", "()", doubles.array()),
                "h.npy", npy("<f2", "False", "(1,)", new byte[] {0, 0x3c})));
    Map<String, HostTensor> tensors = Npz.read(file, "w").tensors();
    assertThat(tensors.get("s").shape()).containsExactly(2, 1);
    assertThat(tensors.get("s").values()).containsExactly(1.5f, -2);
    assertThat(tensors.get("d").shape()).isEmpty();
    assertThat(tensors.get("d").values()).containsExactly(0.25f);
    assertThat(tensors.get("h").values()).containsExactly(1);
  }

  @Test
  void readsEitherOrderOfBytesAndAxes() {
    byte[] bigEndian = ByteBuffer.allocate(8).putFloat(1.5f).putFloat(-2).array();
    byte[] file =
        npz(
            Map.of(
                "big.npy", npy(">f4", "False", "(2,)", bigEndian),
                "fortran.npy", npy("<f4", "True", "(2, 3)", floats(1, 4, 2, 5, 3, 6)),
                "bytes.npy", npy("|u1", "False", "(2,)", new byte[] {3, (byte) 250}),
                "flags.npy", npy("|b1", "False", "(2,)", new byte[] {0, 1})));
    Map<String, HostTensor> tensors = Npz.read(file, "w").tensors();
    assertThat(tensors.get("big").values()).containsExactly(1.5f, -2);
    assertThat(tensors.get("fortran").shape()).containsExactly(2, 3);
    assertThat(tensors.get("fortran").values()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(tensors.get("bytes").values()).containsExactly(3, 250);
    assertThat(tensors.get("flags").values()).containsExactly(0, 1);
  }

  @Test
  void refusesWhatAnArrayClaimsFalsely() {
    assertRefused(npy("<f4", "False", "(3,)", ONE), "it has another length than its shape [3]");
    assertRefused(npy("<f4", "False", "(1,)", ONE), "it has another length than its shape [1]");
    assertRefused(npy("<f4", "False", "(99999999,)", ONE), "needs more bytes than the file has");
    assertRefused(npy("<f4", "False", "(99999999999999999999,)", ONE), "no valid shape");
    assertRefused(npy("<f4", "False", "(4294967296, 4294967296)", ONE), "more bytes");
    assertRefused(
        npy("|O", "False", "(2,)", ONE),
        "it has type |O; readable are b1, f2, f4, f8, i1, i2, i4, i8, u1");
    assertRefused(npy("<f4", "False", "(4294967296, 4294967296, 0)", ONE), "more bytes");
    assertRefused(ONE, "it is no NumPy array");
  }

  @Test
  void refusesWhatUnpacksToFarMoreThanItIs() {
    byte[] zeros = new byte[80 << 20];
    assertRefused(npy("<f4", "False", "(20971520,)", zeros), "needs more bytes than the file has");
  }

  @Test
  void refusesForeignEntries() {
    assertThatThrownBy(() -> Npz.read(npz(Map.of("readme.txt", ONE)), "w.npz"))
        .hasMessage("Cannot read w.npz as npz: readme.txt in it is no .npy array");
  }

  @Test
  void refusesEveryDamageInOneLine() {
    byte[] file =
        npz(
            Map.of(
                "conv.weight.npy", npy("<f4", "False", "(2,)", ONE),
                "conv.bias.npy", npy("<f8", "False", "()", new byte[8])));
    int[] refused = new int[1];
    Mutations.of(
        file,
        6_000,
        damaged -> {
          try {
            Npz.read(damaged, "w");
          } catch (GridException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.INPUT);
            assertThat(e.getMessage()).startsWith("Cannot read w as npz: ");
            assertThat(e.getMessage().lines()).hasSize(1);
            refused[0]++;
          }
        });
    assertThat(refused[0]).isGreaterThan(3_000);
  }

  private static void assertRefused(byte[] array, String reason) {
    byte[] file = npz(Map.of("a.npy", array));
    assertThatThrownBy(() -> Npz.read(file, "w"))
        .isInstanceOf(GridException.class)
        .hasMessageStartingWith("Cannot read w as npz: array a: ")
        .hasMessageContaining(reason);
  }

  private static byte[] floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  private static byte[] npy(String type, String fortran, String shape, byte[] data) {
    String header =
        String.format(
            "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }\n", type, fortran, shape);
    byte[] text = header.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(10 + text.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
        .putShort((short) text.length)
        .put(text)
        .put(data)
        .array();
  }

  private static byte[] npz(Map<String, byte[]> arrays) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> array : new java.util.TreeMap<>(arrays).entrySet()) {
        ZipEntry entry = new ZipEntry(array.getKey());
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(array.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }
}
