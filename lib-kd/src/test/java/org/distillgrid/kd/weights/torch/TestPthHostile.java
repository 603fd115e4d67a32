package org.distillgrid.kd.weights.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.distillgrid.kd.weights.torch.PthFixtures.bytes;
import static org.distillgrid.kd.weights.torch.PthFixtures.tensor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.Content;
import org.distillgrid.kd.weights.Mutations;
import org.distillgrid.kd.weights.Problem;
import org.distillgrid.kd.weights.ZipArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that no PyTorch would write: each is refused in one line, whatever it claims. */
class TestPthHostile {
  private static final byte[] TWO_FLOATS = floats(1.5f, -2);
  private static final long HUGE = 1L << 60;

  @Test
  void readsTheHonestFormOfTheseFiles() {
    byte[] pickle = tensor("FloatStorage", 2, 0, sizes(2), sizes(1));
    byte[] zip = PthFixtures.zip(pickle, TWO_FLOATS);
    byte[] legacy = PthFixtures.legacy(pickle, 2, TWO_FLOATS);
    assertThat(Pth.read(zip, "w").tensors().get("w").values()).containsExactly(1.5f, -2);
    assertThat(Pth.read(legacy, "w").tensors().get("w").values()).containsExactly(1.5f, -2);
  }

  @Test
  void refusesTensorsThatLeaveTheirStorage() {
    String leaves = "its pickle makes a tensor that leaves its storage";
    assertRefused(tensor("FloatStorage", 2, 0, sizes(3), sizes(1)), leaves);
    assertRefused(tensor("FloatStorage", 2, 1, sizes(2), sizes(1)), leaves);
    assertRefused(tensor("FloatStorage", 2, -1, sizes(1), sizes(1)), leaves);
    assertRefused(tensor("FloatStorage", 2, 0, sizes(2), sizes(2)), leaves);
    assertRefused(tensor("FloatStorage", 2, 0, sizes(2), sizes(Long.MAX_VALUE)), leaves);
    assertRefused(tensor("FloatStorage", 2, HUGE, sizes(1, 1), sizes(HUGE, HUGE)), leaves);
    assertRefused(tensor("FloatStorage", HUGE, 0, sizes(HUGE, HUGE), sizes(0, 0)), leaves);
  }

  @Test
  void refusesSizesThatAreNone() {
    String invalid = "its pickle makes a tensor without valid sizes";
    assertRefused(tensor("FloatStorage", 2, 0, sizes(-1), sizes(1)), invalid);
    assertRefused(tensor("FloatStorage", 2, 0, sizes(2), sizes(-1)), invalid);
    assertRefused(tensor("FloatStorage", 2, 0, sizes(1, 2), sizes(1)), invalid);
    assertRefused(tensor("FloatStorage", 2, 0, new long[40], new long[40]), invalid);
  }

  @Test
  void refusesClaimsThatTheFileDoesNotKeep() {
    byte[] claiming = tensor("FloatStorage", HUGE, 0, sizes(HUGE), sizes(1));
    assertZipRefused(claiming, TWO_FLOATS, "leaves its storage");
    byte[] doubles = tensor("DoubleStorage", 2, 0, sizes(2), sizes(1));
    assertZipRefused(doubles, TWO_FLOATS, "tensor w: it leaves its storage");
    // One number, claimed to be repeated some 2³⁰ times, would fill the heap.
    byte[] repeated = tensor("FloatStorage", 1, 0, sizes(1 << 30), sizes(0));
    assertZipRefused(repeated, TWO_FLOATS, "needs more bytes than the file has");
    byte[] honest = tensor("FloatStorage", 2, 0, sizes(2), sizes(1));
    assertLegacyRefused(honest, HUGE, TWO_FLOATS, "it ends within storage 0");
    assertLegacyRefused(honest, -1, TWO_FLOATS, "it ends within storage 0");
    assertLegacyRefused(honest, 1, TWO_FLOATS, "tensor w: it leaves its storage");
    byte[] nothing = bytes("\u0080\u0002}.");
    assertLegacyRefused(nothing, 2, TWO_FLOATS, "it lists a storage that no tensor uses");
  }

  @ParameterizedTest
  @CsvSource({
    "'cposix\nsystem\n(Vtrue\ntR.', it calls posix.system",
    "'cbuiltins\neval\n(V1\ntR.', it calls builtins.eval",
    "'ctorch.nn\nLinear\n.', it holds a whole Python object (torch.nn.Linear)",
    "'ctorch\nQInt8Storage\n.', it needs torch.QInt8Storage; readable are",
    "'(iposix\nsystem\n.', its pickle has the operation 0x69",
    "'ctorch\nFloatStorage\n)R.', its pickle calls a type of numbers",
    "'K\u0001)R.', its pickle calls a number",
    "'K\u0001Q.', its pickle refers to something that is no storage",
    "'K\u0001.', 'it holds a number, not a state dict'",
    "'}.', it holds a dictionary of 0 without a tensor",
    "'.', its pickle takes what is not there",
    "'0.', its pickle takes what is not there",
    "'K\u0001(0.', its pickle takes what is not there",
    "'h\u0007.', its pickle takes what is not there",
    "'t.', its pickle takes what is not there",
    "'K\u0001K\u0002a.', its pickle appends to a number",
    "'K\u0001K\u0002K\u0003s.', its pickle sets an entry of a number",
    "'L7e9\n.', its pickle holds the number 7e9",
    "'}', it ends within its pickle",
    "'X\u00ff\u00ff\u00ff\u007fabc.', it ends within its pickle",
    "'B\u00ff\u00ff\u00ff\u00ffabc.', it ends within its pickle",
    "'\u008b\u00ff\u00ff\u00ff\u007f.', its pickle holds a number of 2147483647 bytes",
    "'\u008b\u00ff\u00ff\u00ff\u00ff.', its pickle holds a number of -1 bytes",
  })
  void refusesWhatNoTensorNeeds(String pickle, String reason) {
    assertRefused(bytes("\u0080\u0002" + pickle), reason);
  }

  @ParameterizedTest
  @ValueSource(chars = {'\u008d', '\u008e', '\u0096'})
  void refusesGiantLengths(char operation) {
    for (String length : new String[] {"\u00ff".repeat(8), "\u00ff".repeat(7) + "\u007f"}) {
      assertRefused(bytes("\u0080\u0004" + operation + length), "it ends within its pickle");
    }
  }

  @Test
  void refusesNewerProtocols() {
    assertRefused(bytes("\u0080\u0009}."), "its pickle has protocol 9");
  }

  @Test
  void listsThatContainThemselvesDoNoHarm() {
    assertRefused(bytes("\u0080\u0002]q\u0000h\u0000a."), "it holds a list of 1, not a state dict");
    assertRefused(
        bytes("\u0080\u0002}q\u0000U\u0005modelh\u0000s."),
        "it holds a dictionary of 1 without a tensor");
  }

  @Test
  void listsOfListsOfListsTakeNoRoom() {
    StringBuilder pickle = new StringBuilder("\u0080\u0002]q\u0000");
    for (int level = 0; level < 200; level++) {
      pickle.append("(h\u0000h\u0000lq\u0000");
    }
    assertRefused(bytes(pickle.append('.').toString()), "it holds a list of 2, not a state dict");
    assertRefused(
        bytes("\u0080\u0002" + "(".repeat(200_000) + "t".repeat(200_000) + "."),
        "it holds a list of 1, not a state dict");
  }

  @Test
  void valuesAreCounted() {
    String many = "its pickle makes more than 2097152 values";
    for (String repeated : new String[] {"]", "N\u0094", "("}) {
      byte[] pickle = bytes("\u0080\u0002" + repeated.repeat(3_000_000));
      assertZipRefused(pickle, TWO_FLOATS, many);
    }
    // A list of 1,000 pairs, taken again and again.
    String pairs = "](" + "]K\u0001aK\u0002a".repeat(1000) + "e";
    String copy = "ccollections\nOrderedDict\nh\u0000\u0085R";
    assertRefused(bytes("\u0080\u0002" + pairs + "q\u0000" + copy.repeat(5_000)), many);
  }

  @Test
  void refusesArchivesThatLie() {
    byte[] pickle = tensor("FloatStorage", 2, 0, sizes(2), sizes(1));
    Map<String, byte[]> noStorage = Map.of("a/data.pkl", pickle);
    assertFileRefused(
        PthFixtures.zip(noStorage, ZipEntry.STORED), "tensor w: its storage is not in the file");
    byte[] wrongChecksum = PthFixtures.zip(pickle, TWO_FLOATS);
    String text = new String(wrongChecksum, StandardCharsets.ISO_8859_1);
    wrongChecksum[text.indexOf(new String(TWO_FLOATS, StandardCharsets.ISO_8859_1))]++;
    assertFileRefused(wrongChecksum, "the checksum of a/data/0 in it is wrong");
  }

  @Test
  void refusesEntriesThatOverlap() {
    byte[] file = PthFixtures.zip(tensor("FloatStorage", 2, 0, sizes(2), sizes(1)), new byte[4096]);
    String text = new String(file, StandardCharsets.ISO_8859_1);
    // The second entry of the directory: 46 bytes, then the name; its offset is the last field.
    int second = text.indexOf("PK\u0001\u0002", text.indexOf("PK\u0001\u0002") + 1);
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(second + 42, 0);
    assertFileRefused(file, "in it lies over another entry or beyond the end");
  }

  @Test
  void refusesWhatUnpacksToFarMoreThanItIs() {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("a/data.pkl", tensor("FloatStorage", 20 << 20, 0, sizes(2), sizes(1)));
    entries.put("a/data/0", new byte[80 << 20]);
    assertFileRefused(
        PthFixtures.zip(entries, ZipEntry.DEFLATED),
        "a/data/0 in it unpacks to far more than the file has");
  }

  @Test
  void readsEntriesThatSomeoneDeflated() {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("a/data.pkl", tensor("FloatStorage", 2, 0, sizes(2), sizes(1)));
    entries.put("a/data/0", TWO_FLOATS);
    byte[] file = PthFixtures.zip(entries, ZipEntry.DEFLATED);
    assertThat(Pth.read(file, "w").tensors().get("w").values()).containsExactly(1.5f, -2);
  }

  @Test
  void readsTheDirectoryOfLargeFiles() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(file)) {
      zip.setUseZip64(Zip64Mode.Always);
      zip.setMethod(ZipEntry.DEFLATED);
      zip.putArchiveEntry(new ZipArchiveEntry("a/data.pkl"));
      zip.write(tensor("FloatStorage", 2, 0, sizes(2), sizes(1)));
      zip.closeArchiveEntry();
      zip.putArchiveEntry(new ZipArchiveEntry("a/data/0"));
      zip.write(TWO_FLOATS);
      zip.closeArchiveEntry();
    }
    Checkpoint read = Pth.read(file.toByteArray(), "w");
    assertThat(read.tensors().get("w").values()).containsExactly(1.5f, -2);
  }

  @Test
  void readsArchivesOfBigEndianMachines() {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("a/data.pkl", tensor("FloatStorage", 1, 0, sizes(1), sizes(1)));
    entries.put("a/byteorder", bytes("big"));
    entries.put("a/data/0", ByteBuffer.allocate(4).putFloat(1.5f).array());
    byte[] file = PthFixtures.zip(entries, ZipEntry.STORED);
    assertThat(Pth.read(file, "w").tensors().get("w").values()).containsExactly(1.5f);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"training_zip.pth", "types_legacy.pth", "shared_legacy.pth", "strided_zip.pth"})
  void refusesEveryDamageInOneLine(String name) {
    int[] counts = new int[2];
    Mutations.of(PthFixtures.file(name), 1_000, damaged -> read(damaged, counts));
    assertThat(counts[1]).isGreaterThan(200);
  }

  @Test
  void refusesEveryDamageOfAPickleInOneLine() {
    byte[] file = PthFixtures.file("training_zip.pth");
    Map<String, byte[]> entries = new LinkedHashMap<>();
    ZipArchive archive = ZipArchive.open(Content.of(file), Problem.of("w"));
    for (String name : archive.names()) {
      ByteBuffer entry = archive.read(name);
      byte[] content = new byte[entry.remaining()];
      entry.get(content);
      entries.put(name, content);
    }
    int[] counts = new int[2];
    Mutations.of(
        entries.get("training_zip/data.pkl"),
        2_500,
        damaged -> {
          entries.put("training_zip/data.pkl", damaged);
          read(PthFixtures.zip(entries, ZipEntry.STORED), counts);
        });
    assertThat(counts[0]).isPositive();
    assertThat(counts[1]).isGreaterThan(500);
  }

  private static void read(byte[] file, int[] counts) {
    try {
      Pth.read(file, "w");
      counts[0]++;
    } catch (GridException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.INPUT);
      assertThat(e.getMessage()).startsWith("Cannot read w: ");
      assertThat(e.getMessage().lines()).hasSize(1);
      counts[1]++;
    }
  }

  /** Asserts for both formats that a pickle is refused. */
  private static void assertRefused(byte[] pickle, String reason) {
    assertZipRefused(pickle, TWO_FLOATS, reason);
    assertLegacyRefused(
        PthFixtures.tensor("FloatStorage", 2, 0, sizes(2), sizes(1)), pickle, reason);
  }

  private static void assertLegacyRefused(byte[] unused, byte[] pickle, String reason) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    byte[] honest = PthFixtures.legacy(unused, 2, TWO_FLOATS);
    // The honest pickle stands right behind the three that start the stream.
    int start = new String(honest, StandardCharsets.ISO_8859_1).indexOf("}.") + 2;
    file.write(honest, 0, start);
    file.writeBytes(pickle);
    file.writeBytes(bytes("\u0080\u0002]."));
    assertFileRefused(file.toByteArray(), reason);
  }

  private static void assertLegacyRefused(
      byte[] pickle, long elements, byte[] storage, String reason) {
    assertFileRefused(PthFixtures.legacy(pickle, elements, storage), reason);
  }

  private static void assertZipRefused(byte[] pickle, byte[] storage, String reason) {
    assertFileRefused(PthFixtures.zip(pickle, storage), reason);
  }

  private static void assertFileRefused(byte[] file, String reason) {
    assertThatThrownBy(() -> Pth.read(file, "w"))
        .isInstanceOf(GridException.class)
        .hasMessageStartingWith("Cannot read w: ")
        .hasMessageContaining(reason);
  }

  private static long[] sizes(long... sizes) {
    return sizes;
  }

  private static byte[] floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }
}
