package org.distillgrid.kd.weights.torch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.FloatBytes;
import org.distillgrid.kd.weights.HostTensor;

/** Lays a checkpoint out as an archive of PyTorch: the pickle first, then a storage a tensor. */
final class TorchWriter {
  private static final String FOLDER = "archive/";
  private static final String VERSION = "3\n";

  // PyTorch maps storages into memory where they start at a multiple of this.
  private static final int ALIGNMENT = 64;

  // No clock: the same checkpoint gives the same bytes.
  private static final LocalDateTime WRITTEN = LocalDateTime.of(1980, 2, 1, 0, 0);

  private TorchWriter() {}

  static void write(Checkpoint checkpoint, OutputStream out) throws IOException {
    // Closing it would close what it writes to, which is the caller's.
    ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out);
    text(zip, "data.pkl", TorchPickle.of(checkpoint));
    text(zip, "byteorder", "little".getBytes(StandardCharsets.US_ASCII));
    int key = 0;
    for (HostTensor tensor : checkpoint.tensors().values()) {
      long bytes = (long) tensor.values().length * Float.BYTES;
      start(zip, "data/" + key, bytes, FloatBytes.checksum(tensor.values()));
      FloatBytes.write(tensor.values(), zip);
      zip.closeArchiveEntry();
      key++;
    }
    text(zip, "version", VERSION.getBytes(StandardCharsets.US_ASCII));
    zip.finish();
    zip.flush();
  }

  private static void text(ZipArchiveOutputStream zip, String name, byte[] content)
      throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    start(zip, name, content.length, checksum.getValue());
    zip.write(content);
    zip.closeArchiveEntry();
  }

  private static void start(ZipArchiveOutputStream zip, String name, long size, long checksum)
      throws IOException {
    ZipArchiveEntry entry = new ZipArchiveEntry(FOLDER + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(size);
    entry.setCrc(checksum);
    entry.setTimeLocal(WRITTEN);
    entry.setAlignment(ALIGNMENT);
    zip.putArchiveEntry(entry);
  }
}
