package org.distillgrid.kd.weights.torch;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.distillgrid.kd.weights.Content;
import org.distillgrid.kd.weights.Printable;
import org.distillgrid.kd.weights.Problem;
import org.distillgrid.kd.weights.torch.PickleValue.Huge;
import org.distillgrid.kd.weights.torch.PickleValue.Items;
import org.distillgrid.kd.weights.torch.PickleValue.Text;
import org.distillgrid.kd.weights.torch.PickleValue.Whole;

/**
 * PyTorch's format before 1.6: pickles of a magic number, of a protocol version, of a description
 * of the machine, of the object and of the keys of its storages; then the storages in the order of
 * the keys, each with the number of its elements before it, all little-endian.
 */
final class TorchLegacy {
  private static final String FORMAT = "PyTorch legacy stream";
  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final long PROTOCOL = 1001;

  /** Where a storage lies in the file. */
  private record Range(long offset, long bytes) {}

  /** The storages behind the pickles. */
  private record Ranges(Content content, Problem problem, Map<String, Range> byKey)
      implements TorchStorages {
    @Override
    public long bytes(String key) {
      Range range = byKey.get(key);
      if (range == null) {
        return -1;
      }
      return range.bytes;
    }

    @Override
    public ByteBuffer read(String key) throws IOException {
      Range range = byKey.get(key);
      if (range.bytes > Integer.MAX_VALUE - Long.BYTES) {
        throw problem.damaged("storage " + Printable.of(key) + " has more than 2 GiB");
      }
      return content.range(range.offset, (int) range.bytes);
    }
  }

  private TorchLegacy() {}

  /** Reads the pickles and holds their tensors against the storages. */
  static TorchReader open(Content content, String source) throws IOException {
    Problem problem = Problem.of(source);
    PickleInput input = new PickleInput(content, 0, problem);
    TorchGlobals globals = new TorchGlobals(problem);
    if (!(PickleMachine.read(input, globals, problem) instanceof Huge magic)
        || !magic.number().equals(MAGIC)) {
      throw problem.damaged("it is a Python pickle, but none that torch.save wrote");
    }
    if (!(PickleMachine.read(input, globals, problem) instanceof Whole protocol)
        || protocol.number() != PROTOCOL) {
      throw problem.damaged("its PyTorch protocol is not " + PROTOCOL);
    }
    // What it says of the machine plays no part: storages are little-endian on all of them.
    PickleMachine.read(input, globals, problem);
    PickleValue root = PickleMachine.read(input, globals, problem);
    if (!(PickleMachine.read(input, globals, problem) instanceof Items keys)) {
      throw problem.damaged("it has no list of its storages");
    }
    Map<String, Range> ranges = ranges(content, input.position(), keys, globals, problem);
    TensorTree tree = TensorTree.of(root, problem);
    Ranges storages = new Ranges(content, problem, ranges);
    return TorchReader.of(FORMAT, tree, storages, content.length(), problem);
  }

  private static Map<String, Range> ranges(
      Content content, long start, Items keys, TorchGlobals globals, Problem problem)
      throws IOException {
    Map<String, Range> ranges = new HashMap<>();
    long offset = start;
    for (int i = 0; i < keys.size(); i++) {
      if (!(keys.at(i) instanceof Text key) || !globals.storages().containsKey(key.text())) {
        throw problem.damaged("it lists a storage that no tensor uses");
      }
      String name = "storage " + Printable.of(key.text());
      if (!content.holds(offset, Long.BYTES)) {
        throw problem.damaged("it ends before " + name);
      }
      long elements = content.range(offset, Long.BYTES).getLong();
      int size = globals.storages().get(key.text()).bytes();
      offset += Long.BYTES;
      if (elements < 0 || elements > (content.length() - offset) / size) {
        throw problem.damaged("it ends within " + name);
      }
      if (ranges.put(key.text(), new Range(offset, elements * size)) != null) {
        throw problem.damaged(name + " is listed twice");
      }
      offset += elements * size;
    }
    return ranges;
  }
}
