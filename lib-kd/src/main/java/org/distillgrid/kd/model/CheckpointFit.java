package org.distillgrid.kd.model;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.HostTensor;

/** Tells whether a checkpoint is one of a given network, and what differs if it is not. */
final class CheckpointFit {
  private static final int SHOWN = 3;

  // Mean shifts and the like, which weigh in the smallest networks.
  private static final int SLACK = 1000;

  private CheckpointFit() {}

  static void require(Network network, ModelFamily family, Checkpoint checkpoint, String source) {
    Optional<String> mismatch =
        mismatch(network.parameters().shapes(), shapes(checkpoint.tensors()));
    if (mismatch.isPresent()) {
      throw GridException.of(
          ErrorCode.INPUT,
          "Cannot load %s into %s ×%d: %s",
          source,
          network.name().text(),
          network.target().scale(),
          mismatch.get());
    }
    String model = checkpoint.metadata().get(Network.MODEL_KEY);
    // Options such as a residual scale change what weights mean without changing any shape.
    if (model != null && !family.takes(network.name(), model)) {
      throw GridException.of(
          ErrorCode.INPUT,
          "Cannot load %s into %s: it holds weights of %s",
          source,
          network.name().canonical(),
          model);
    }
  }

  /** Returns how many tensors of the found shapes keep them out of a network, and the first. */
  static Optional<String> mismatch(Map<String, Shape> wanted, Map<String, Shape> found) {
    List<String> differences = differences(wanted, found);
    if (differences.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        String.format("%d tensors differ (%s)", differences.size(), shown(differences)));
  }

  /**
   * Returns whether tensors of other names may be those of a network. To translate them all their
   * values are read, which takes long for what is far too small or too large.
   */
  static boolean mayBeTranslated(Map<String, Shape> wanted, Map<String, Shape> found) {
    double numbers = elements(wanted);
    double there = elements(found);
    return there >= numbers / 2 && there <= 2 * numbers + SLACK;
  }

  private static double elements(Map<String, Shape> shapes) {
    double elements = 0;
    for (Shape shape : shapes.values()) {
      double size = 1;
      for (long side : shape.getShape()) {
        size *= side;
      }
      elements += size;
    }
    return elements;
  }

  /** Returns what keeps tensors of the found shapes out of a network that wants others. */
  static List<String> differences(Map<String, Shape> wanted, Map<String, Shape> found) {
    List<String> differences = new ArrayList<>();
    wanted.forEach(
        (name, shape) -> {
          Shape other = found.get(name);
          if (other == null) {
            differences.add(name + " is missing");
          } else if (!other.equals(shape)) {
            differences.add(String.format("%s has shape %s, not %s", name, other, shape));
          }
        });
    for (String name : found.keySet()) {
      if (!wanted.containsKey(name)) {
        differences.add(name + " has no place in the network");
      }
    }
    return differences;
  }

  static Map<String, Shape> shapes(Map<String, HostTensor> tensors) {
    Map<String, Shape> shapes = new TreeMap<>();
    tensors.forEach((name, tensor) -> shapes.put(name, new Shape(tensor.shape())));
    return shapes;
  }

  private static String shown(List<String> differences) {
    String first = differences.stream().limit(SHOWN).collect(Collectors.joining("; "));
    if (differences.size() > SHOWN) {
      return first + "; …";
    }
    return first;
  }
}
