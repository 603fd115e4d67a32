package org.distillgrid.kd.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.distillgrid.kd.weights.HostTensor;

/** Lays nested dictionaries of tensors and objects out as torch.save does. */
final class SavedLayout {
  /** Pickles of objects that stand beside tensors; each leaves one value. */
  static final List<String> OBJECTS =
      List.of(
          "N",
          "K\u0007",
          "U\u0004text",
          "]",
          "cargparse\nNamespace\n)\u0081}U\u0002lrK\u0001sb",
          "cpathlib\nPosixPath\n(U\u0001/U\u0004datatR",
          "ccollections\nCounter\n}U\u0001aK\u0002s\u0085R",
          "ccollections\ndefaultdict\nc__builtin__\nlist\n\u0085RU\u0004psnr]K\u0001as",
          "cdatetime\ndatetime\n(c_codecs\nencode\n(U\u0002abU\u0006latin1tRtR",
          "cnumpy.core.multiarray\nscalar\n(cnumpy\ndtype\n(U\u0002f8K\u0000K\u0001tRU\u0001xtR",
          "cposix\nsystem\n(U\u0004truetR",
          "cbuiltins\neval\n(U\u00011tR",
          "comegaconf\nDictConfig\n)\u0081}U\u0008_content}sb");

  /** An object by its pickle. */
  record Thing(String pickle) {}

  private final ByteArrayOutputStream pickle = new ByteArrayOutputStream();
  private final List<HostTensor> storages = new ArrayList<>();

  private SavedLayout() {}

  /**
   * Returns the content of a file.
   *
   * @param root values are maps of the same kind, tensors and things
   */
  static byte[] of(Map<String, ?> root) {
    SavedLayout layout = new SavedLayout();
    layout.raw("\u0080\u0002");
    layout.value(root);
    layout.raw(".");
    return layout.zip();
  }

  private void value(Object value) {
    if (value instanceof Map<?, ?> map) {
      raw("}(");
      map.forEach(
          (key, entry) -> {
            text(key.toString());
            value(entry);
          });
      raw("u");
    } else if (value instanceof HostTensor tensor) {
      tensor(tensor);
    } else if (value instanceof Thing thing) {
      raw(thing.pickle());
    } else {
      throw new IllegalArgumentException("Cannot save " + value);
    }
  }

  private void tensor(HostTensor tensor) {
    raw("ctorch._utils\n_rebuild_tensor_v2\n((");
    text("storage");
    raw("ctorch\nFloatStorage\n");
    text(Integer.toString(storages.size()));
    text("cpu");
    raw("L" + tensor.values().length + "L\ntQK\u0000");
    long[] strides = new long[tensor.shape().length];
    long step = 1;
    for (int axis = strides.length - 1; axis >= 0; axis--) {
      strides[axis] = step;
      step *= tensor.shape()[axis];
    }
    tuple(tensor.shape());
    tuple(strides);
    raw("\u0089}tR");
    storages.add(tensor);
  }

  private void tuple(long[] numbers) {
    raw("(");
    for (long number : numbers) {
      raw("L" + number + "L\n");
    }
    raw("t");
  }

  private void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    raw("X");
    pickle.writeBytes(
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(bytes.length).array());
    pickle.writeBytes(bytes);
  }

  private void raw(String operations) {
    pickle.writeBytes(operations.getBytes(StandardCharsets.ISO_8859_1));
  }

  private byte[] zip() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      entry(zip, "w/data.pkl", pickle.toByteArray());
      for (int key = 0; key < storages.size(); key++) {
        float[] values = storages.get(key).values();
        ByteBuffer data = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(values);
        entry(zip, "w/data/" + key, data.array());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    ZipEntry described = new ZipEntry(name);
    described.setMethod(ZipEntry.STORED);
    described.setSize(content.length);
    described.setCrc(checksum.getValue());
    described.setTime(0);
    zip.putNextEntry(described);
    zip.write(content);
  }
}
