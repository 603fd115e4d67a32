package org.distillgrid.kd.weights.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.Printable;

/**
 * The network that was taken from a weight file, and what was left out.
 *
 * @param checkpoint the network's tensors
 * @param path where in the file it is; empty for all of it
 * @param fitting whether it is the network that was looked for, by its names and sizes
 * @param leftOut what is in the file beside it
 * @param buffers what stands among its tensors and is no weight: the ends of the names
 * @param where the file
 */
public record TakenWeights(
    Checkpoint checkpoint,
    String path,
    boolean fitting,
    List<LeftOut> leftOut,
    List<String> buffers,
    WeightPath where) {
  private static final int SHOWN = 8;

  public TakenWeights {
    leftOut = List.copyOf(leftOut);
    buffers = List.copyOf(buffers);
  }

  /** Returns whether it is all that the file holds, under the names that it has there. */
  public boolean isWhole() {
    return path.isEmpty() && leftOut.isEmpty() && buffers.isEmpty();
  }

  /** Returns a line that says what was taken and what was not; nothing if it is the whole file. */
  public Optional<String> line() {
    if (isWhole()) {
      return Optional.empty();
    }
    List<String> details = new ArrayList<>();
    if (!leftOut.isEmpty()) {
      details.add("left out: " + shown(leftOut.stream().map(LeftOut::path).toList()));
    }
    if (!buffers.isEmpty()) {
      details.add("no weights: " + shown(buffers));
    }
    String taken = "the tensors";
    if (!path.isEmpty()) {
      taken = Printable.of(path);
    }
    String line = "Weights: took " + taken + " of " + fileName();
    if (!details.isEmpty()) {
      line += " (" + String.join("; ", details) + ")";
    }
    return Optional.of(line);
  }

  /** Returns how another network of the same file is chosen; nothing if there is none. */
  public Optional<String> other() {
    return leftOut.stream()
        .filter(part -> part.kind().endsWith("tensors"))
        .findFirst()
        .map(part -> where.with(part.path()));
  }

  private String fileName() {
    return where.file().substring(where.file().lastIndexOf('/') + 1);
  }

  static String shown(List<String> names) {
    String first = names.stream().limit(SHOWN).collect(Collectors.joining(", "));
    if (names.size() > SHOWN) {
      return first + ", …";
    }
    return first;
  }
}
