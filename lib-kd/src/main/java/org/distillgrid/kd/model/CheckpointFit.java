package org.distillgrid.kd.model;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.nn.Parameter;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.HostTensor;

/** Tells whether a checkpoint is one of a given network, and what differs if it is not. */
final class CheckpointFit {
  private static final int SHOWN = 3;

  private CheckpointFit() {}

  static void require(Network network, ModelFamily family, Checkpoint checkpoint, String source) {
    List<String> differences = differences(network, checkpoint.tensors());
    if (!differences.isEmpty()) {
      throw GridException.of(
          ErrorCode.INPUT,
          "Cannot load %s into %s ×%d: %d tensors differ (%s)",
          source,
          network.name().text(),
          network.target().scale(),
          differences.size(),
          shown(differences));
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

  private static List<String> differences(Network network, Map<String, HostTensor> tensors) {
    List<String> differences = new ArrayList<>();
    for (Parameter parameter : network.parameters().all()) {
      HostTensor tensor = tensors.get(parameter.name());
      if (tensor == null) {
        differences.add(parameter.name() + " is missing");
      } else if (!new Shape(tensor.shape()).equals(parameter.shape())) {
        differences.add(
            String.format(
                "%s has shape %s, not %s",
                parameter.name(), new Shape(tensor.shape()), parameter.shape()));
      }
    }
    Set<String> known =
        network.parameters().all().stream().map(Parameter::name).collect(Collectors.toSet());
    for (String name : tensors.keySet()) {
      if (!known.contains(name)) {
        differences.add(name + " has no place in the network");
      }
    }
    return differences;
  }

  private static String shown(List<String> differences) {
    String first = differences.stream().limit(SHOWN).collect(Collectors.joining("; "));
    if (differences.size() > SHOWN) {
      return first + "; …";
    }
    return first;
  }
}
