package org.distillgrid.kd.weights.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.distillgrid.kd.weights.Printable;
import org.distillgrid.kd.weights.Problem;
import org.distillgrid.kd.weights.torch.PickleValue.Dictionary;

/**
 * The tensors of a network among all that a checkpoint holds. A dictionary under one of the usual
 * names wins over tensors beside it; averaged weights win over the last ones, because those are
 * what BasicSR tests and releases.
 *
 * @param tensors by name; a prefix that all names share has been taken off
 * @param metadata texts that hang on the dictionary
 * @param notes what was chosen and what was left out, a sentence each
 */
record StateDict(
    SortedMap<String, TorchTensor> tensors, Map<String, String> metadata, List<String> notes) {
  private static final List<String> USUAL =
      List.of(
          "params_ema",
          "params",
          "state_dict_ema",
          "model_ema",
          "state_dict",
          "model_state_dict",
          "model_state",
          "model",
          "network",
          "net",
          "net_g",
          "netG",
          "generator",
          "g",
          "weights");

  // DataParallel and DistributedDataParallel put it before the name of every tensor.
  private static final String WRAPPER = "module.";
  private static final int DEEPEST = 3;
  private static final int SHOWN = 8;

  // Among the first entries of a state dict there is a tensor.
  private static final int SEARCHED = 1000;

  /**
   * Finds the state dict below the root of a pickle.
   *
   * @throws org.distillgrid.kd.error.GridException if there is none, or no telling which
   */
  static StateDict of(PickleValue root, Problem problem) {
    List<String> path = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    PickleValue chosen = root;
    while (path.size() < DEEPEST && chosen instanceof Dictionary outer) {
      Optional<String> key = nested(outer, problem);
      if (key.isEmpty()) {
        break;
      }
      path.add(key.get());
      others(outer, name -> name.equals(key.get())).ifPresent(notes::add);
      chosen = outer.entries().get(key.get());
    }
    if (!(chosen instanceof Dictionary dictionary)) {
      throw problem.damaged("it holds " + chosen.kind() + ", not a state dict");
    }
    if (!path.isEmpty()) {
      notes.add(0, "the state dict is " + Printable.of(String.join(".", path)));
    }
    return tensorsOf(dictionary, notes, problem);
  }

  private static Optional<String> nested(Dictionary outer, Problem problem) {
    for (String key : USUAL) {
      if (leadsToTensors(outer.entries().get(key))) {
        return Optional.of(key);
      }
    }
    if (holdsTensors(outer)) {
      return Optional.empty();
    }
    List<String> others =
        outer.entries().keySet().stream()
            .filter(key -> holdsTensors(outer.entries().get(key)))
            .limit(SHOWN)
            .toList();
    if (others.size() > 1) {
      throw problem.damaged(
          "it holds several state dicts ("
              + others.stream().map(Printable::of).collect(Collectors.joining(", "))
              + "); save one of them");
    }
    return others.stream().findFirst();
  }

  private static boolean leadsToTensors(PickleValue value) {
    if (holdsTensors(value)) {
      return true;
    }
    return value instanceof Dictionary inner
        && USUAL.stream().anyMatch(key -> holdsTensors(inner.entries().get(key)));
  }

  private static boolean holdsTensors(PickleValue value) {
    return value instanceof Dictionary inner
        && inner.entries().values().stream()
            .limit(SEARCHED)
            .anyMatch(TorchTensor.class::isInstance);
  }

  private static StateDict tensorsOf(Dictionary dictionary, List<String> notes, Problem problem) {
    SortedMap<String, TorchTensor> tensors = new TreeMap<>();
    dictionary
        .entries()
        .forEach(
            (name, value) -> {
              if (value instanceof TorchTensor tensor) {
                tensors.put(name, tensor);
              }
            });
    if (tensors.isEmpty()) {
      throw problem.damaged("it holds " + dictionary.kind() + " without a tensor");
    }
    others(dictionary, name -> tensors.get(name) != null).ifPresent(notes::add);
    if (isWrapped(tensors)) {
      notes.add(WRAPPER + " is left out before every name");
      return new StateDict(unwrapped(tensors), dictionary.attributes(), notes);
    }
    return new StateDict(tensors, dictionary.attributes(), notes);
  }

  private static boolean isWrapped(Map<String, TorchTensor> tensors) {
    return tensors.keySet().stream().allMatch(name -> name.startsWith(WRAPPER));
  }

  private static SortedMap<String, TorchTensor> unwrapped(Map<String, TorchTensor> tensors) {
    SortedMap<String, TorchTensor> unwrapped = new TreeMap<>();
    tensors.forEach((name, tensor) -> unwrapped.put(name.substring(WRAPPER.length()), tensor));
    return unwrapped;
  }

  private static Optional<String> others(Dictionary dictionary, Predicate<String> taken) {
    List<String> left =
        dictionary.entries().entrySet().stream()
            .filter(entry -> !taken.test(entry.getKey()))
            .limit(SHOWN + 1)
            .map(entry -> Printable.of(entry.getKey()) + " (" + entry.getValue().kind() + ")")
            .toList();
    if (left.isEmpty()) {
      return Optional.empty();
    }
    String shown = left.stream().limit(SHOWN).collect(Collectors.joining(", "));
    if (left.size() > SHOWN) {
      shown += ", …";
    }
    return Optional.of("left out: " + shown);
  }
}
