package org.distillgrid.kd.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The arrays of a NumPy zip file. */
final class NpzReader implements StoredCheckpoint {
  private static final String FORMAT = "npz";
  private static final String SUFFIX = ".npy";

  private final ZipArchive archive;
  private final Problem problem;
  private final String source;
  private final SortedMap<String, NpyHeader> headers = new TreeMap<>();

  private NpzReader(ZipArchive archive, String source) {
    this.archive = archive;
    this.source = source;
    this.problem = Problem.of(source, FORMAT);
  }

  /** Reads the directory and the head of every array. */
  static NpzReader open(Content content, String source) throws IOException {
    return of(ZipArchive.open(content, Problem.of(source, FORMAT)), content.length(), source);
  }

  /** Reads the head of every array of a zip file that has been opened. */
  static NpzReader of(ZipArchive archive, long fileLength, String source) throws IOException {
    NpzReader reader = new NpzReader(archive, source);
    reader.readHeaders(TensorBounds.unpacked(fileLength));
    return reader;
  }

  private void readHeaders(long mostBytes) throws IOException {
    long budget = mostBytes;
    for (String entry : archive.names()) {
      if (!entry.endsWith(SUFFIX)) {
        throw problem.damaged(Printable.of(entry) + " in it is no " + SUFFIX + " array");
      }
      String name = entry.substring(0, entry.length() - SUFFIX.length());
      Problem ofArray = problem(name);
      try (InputStream in = archive.stream(entry)) {
        NpyHeader header = NpyHeader.read(in, ofArray);
        long bytes = TensorBounds.bytes(header.shape(), header.type()).orElse(Long.MAX_VALUE);
        String shape = Arrays.toString(header.shape());
        if (bytes > budget) {
          throw ofArray.damaged("its shape " + shape + " needs more bytes than the file has");
        }
        if (archive.size(entry) != header.length() + bytes) {
          throw ofArray.damaged("it has another length than its shape " + shape + " needs");
        }
        budget -= bytes;
        headers.put(name, header);
      } catch (IOException e) {
        throw ofArray.damaged(e, "it is damaged");
      }
    }
  }

  @Override
  public CheckpointContents contents() {
    SortedMap<String, CheckpointListing.Tensor> tensors = new TreeMap<>();
    headers.forEach(
        (name, header) ->
            tensors.put(name, CheckpointListing.Tensor.of(header.shape(), header.type())));
    return CheckpointContents.flat(FORMAT, tensors, new TreeMap<>());
  }

  @Override
  public SortedMap<String, HostTensor> read(Set<String> names) {
    SortedMap<String, HostTensor> tensors = new TreeMap<>();
    for (String name : names) {
      NpyHeader header = headers.get(name);
      ByteBuffer bytes = archive.read(name + SUFFIX).position(header.length());
      tensors.put(name, new HostTensor(header.shape(), header.values(bytes)));
    }
    return tensors;
  }

  private Problem problem(String name) {
    return new Problem(source + " as " + FORMAT + ": array " + Printable.of(name));
  }
}
