package org.distillgrid.kd.weights.torch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Optional;
import org.distillgrid.kd.weights.Content;
import org.distillgrid.kd.weights.Problem;
import org.distillgrid.kd.weights.ZipArchive;

/**
 * PyTorch's format since 1.6: a zip file with the pickle of the object in {@code data.pkl} and each
 * storage as an entry of its own, all below one folder.
 */
final class TorchZip {
  private static final String FORMAT = "PyTorch zip archive";
  private static final String PICKLE = "data.pkl";
  private static final String ORDER = "byteorder";

  /** The entries below {@code data}. */
  private record Entries(ZipArchive archive, String folder, ByteOrder order)
      implements TorchStorages {
    @Override
    public long bytes(String key) {
      if (archive.has(entry(key))) {
        return archive.size(entry(key));
      }
      return -1;
    }

    @Override
    public ByteBuffer read(String key) {
      return archive.read(entry(key)).order(order);
    }

    private String entry(String key) {
      return folder + "data/" + key;
    }
  }

  private TorchZip() {}

  /** Returns the folder that everything lies below, if the archive is one of PyTorch. */
  static Optional<String> folder(ZipArchive archive) {
    return archive.names().stream()
        .filter(name -> name.equals(PICKLE) || name.endsWith("/" + PICKLE))
        .min(Comparator.comparingInt(String::length))
        .map(name -> name.substring(0, name.length() - PICKLE.length()));
  }

  /** Reads the pickle and holds its tensors against the entries. */
  static TorchReader open(ZipArchive archive, String folder, long fileLength, String source)
      throws IOException {
    Problem problem = Problem.of(source);
    if (archive.has(folder + "constants.pkl")) {
      throw problem.damaged(
          "it is a TorchScript program, not a state dict; save model.state_dict() instead");
    }
    ByteBuffer entry = archive.read(folder + PICKLE);
    byte[] pickle = new byte[entry.remaining()];
    entry.get(pickle);
    PickleInput input = new PickleInput(Content.of(pickle), 0, problem);
    PickleValue root = PickleMachine.read(input, new TorchGlobals(problem), problem);
    Entries storages = new Entries(archive, folder, order(archive, folder + ORDER));
    TensorTree tree = TensorTree.of(root, problem);
    return TorchReader.of(FORMAT, tree, storages, fileLength, problem);
  }

  // Archives before PyTorch 2.1 do not say; they came from little-endian machines.
  private static ByteOrder order(ZipArchive archive, String entry) {
    if (archive.has(entry)
        && StandardCharsets.US_ASCII.decode(archive.read(entry)).toString().strip().equals("big")) {
      return ByteOrder.BIG_ENDIAN;
    }
    return ByteOrder.LITTLE_ENDIAN;
  }
}
