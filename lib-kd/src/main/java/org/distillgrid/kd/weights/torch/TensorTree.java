package org.distillgrid.kd.weights.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.distillgrid.kd.weights.Problem;
import org.distillgrid.kd.weights.torch.PickleValue.Dictionary;
import org.distillgrid.kd.weights.torch.PickleValue.Items;
import org.distillgrid.kd.weights.torch.PickleValue.Opaque;
import org.distillgrid.kd.weights.torch.PickleValue.Text;

/**
 * What lies below the root of a pickle, under whole names: dictionaries in dictionaries, and the
 * parameters of whole modules as their state dict would name them.
 *
 * @param tensors by whole name
 * @param objects what is no tensor and holds none, by whole name: its kind
 * @param dictionaries whole names of what holds tensors
 * @param metadata texts that hang on a dictionary, by its whole name
 */
record TensorTree(
    SortedMap<String, TorchTensor> tensors,
    SortedMap<String, String> objects,
    SortedSet<String> dictionaries,
    SortedMap<String, SortedMap<String, String>> metadata) {

  /**
   * Walks over everything below the root.
   *
   * @throws org.distillgrid.kd.error.GridException if there is no tensor, or no end of names
   */
  static TensorTree of(PickleValue root, Problem problem) {
    Walk walk = new Walk(problem);
    walk.visit("", root, 0);
    if (walk.tree.tensors.isEmpty()) {
      throw problem.damaged(walk.reason(root));
    }
    return walk.tree;
  }

  /** One walk, whose steps are counted: values may hold themselves, and one another many times. */
  private static final class Walk {
    private static final int DEEPEST = 16;
    private static final int MOST_STEPS = 1 << 20;
    private static final long MOST_CHARACTERS = 1L << 25;

    private final Problem problem;
    private final TensorTree tree =
        new TensorTree(new TreeMap<>(), new TreeMap<>(), new TreeSet<>(), new TreeMap<>());
    private final List<String> strangers = new ArrayList<>();
    private int modules;
    private int steps;
    private long characters;

    Walk(Problem problem) {
      this.problem = problem;
    }

    void visit(String path, PickleValue value, int depth) {
      count(path);
      int before = tree.tensors.size();
      if (value instanceof TorchTensor tensor) {
        tree.tensors.putIfAbsent(path, tensor);
      } else if (depth < DEEPEST) {
        inside(path, value, depth + 1);
      }
      if (tree.tensors.size() == before && modules == 0) {
        tree.objects.tailMap(path + ".").headMap(path + "/").clear();
        tree.objects.put(path, value.kind());
        stranger(value);
      } else if (modules == 0 && !(value instanceof TorchTensor)) {
        tree.dictionaries.add(path);
      }
    }

    private void inside(String path, PickleValue value, int depth) {
      if (value instanceof Dictionary dictionary) {
        entries(path, dictionary, depth);
        if (!dictionary.attributes().isEmpty()) {
          tree.metadata.put(path, new TreeMap<>(dictionary.attributes()));
        }
      } else if (value instanceof Items items) {
        for (int i = 0; i < items.size(); i++) {
          if (!(items.at(i) instanceof TorchTensor)) {
            visit(joined(path, Integer.toString(i)), items.at(i), depth);
          }
        }
      } else if (value instanceof Opaque object) {
        entries(path, object.entries(), depth);
        module(path, object, depth);
      }
    }

    private void entries(String path, Dictionary dictionary, int depth) {
      dictionary.entries().forEach((name, entry) -> visit(joined(path, name), entry, depth));
    }

    private void module(String path, Opaque object, int depth) {
      if (!(object.state() instanceof Dictionary attributes)
          || !(attributes.entries().get("_parameters") instanceof Dictionary parameters)
          || !(attributes.entries().get("_modules") instanceof Dictionary children)) {
        return;
      }
      // What is inside a module are its layers, as a prefix shows them.
      modules++;
      entries(path, parameters, depth);
      if (attributes.entries().get("_buffers") instanceof Dictionary buffers) {
        List<String> passing = texts(attributes.entries().get("_non_persistent_buffers_set"));
        buffers
            .entries()
            .forEach(
                (name, buffer) -> {
                  if (!passing.contains(name)) {
                    visit(joined(path, name), buffer, depth);
                  }
                });
      }
      entries(path, children, depth);
      modules--;
    }

    private static List<String> texts(PickleValue value) {
      List<String> texts = new ArrayList<>();
      if (value instanceof Items items) {
        for (int i = 0; i < items.size(); i++) {
          if (items.at(i) instanceof Text text) {
            texts.add(text.text());
          }
        }
      }
      return texts;
    }

    private void stranger(PickleValue value) {
      if (value instanceof Opaque object) {
        strangers.add(object.name());
      } else if (value instanceof TorchGlobals.Stranger type) {
        strangers.add(type.name());
      }
    }

    /** Returns why there is nothing to load. */
    String reason(PickleValue root) {
      if (!strangers.isEmpty()) {
        return TorchGlobals.refusal(strangers.get(0));
      }
      if (root instanceof Dictionary) {
        return "it holds " + root.kind() + " without a tensor";
      }
      return "it holds " + root.kind() + ", not a state dict";
    }

    private void count(String path) {
      steps++;
      characters += path.length();
      if (steps > MOST_STEPS || characters > MOST_CHARACTERS) {
        throw problem.damaged("its pickle nests dictionaries without end");
      }
    }

    private static String joined(String path, String name) {
      if (path.isEmpty()) {
        return name;
      }
      return path + "." + name;
    }
  }
}
