package org.distillgrid.kd.weights.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.kd.weights.CheckpointContents;

/**
 * The names of a file's tensors as a tree: a dot in a name, or a dictionary in a dictionary, is a
 * branch.
 */
final class NameTree {
  // Networks nest less deeply; a longer name keeps its rest as one.
  private static final int DEEPEST = 24;
  private static final int MOST_NODES = 1 << 20;

  private final String name;
  private final String path;
  private final SortedMap<String, NameTree> children = new TreeMap<>();
  private Optional<NameTree> parent = Optional.empty();
  private Optional<String> object = Optional.empty();
  private boolean dictionary;
  private boolean tensor;
  private int weights;

  private NameTree(String name, String path) {
    this.name = name;
    this.path = path;
  }

  /** Returns the root. */
  static NameTree of(CheckpointContents contents) {
    NameTree root = new NameTree("", "");
    int[] nodes = new int[1];
    for (String whole : contents.tensors().keySet()) {
      NameTree leaf = root.made(whole, nodes);
      leaf.tensor = true;
      if (!Buffers.isOne(whole)) {
        root.count(leaf);
      }
    }
    contents.objects().forEach((whole, kind) -> root.made(whole, nodes).object = Optional.of(kind));
    contents.dictionaries().forEach(whole -> root.find(whole).ifPresent(NameTree::mark));
    return root;
  }

  private void mark() {
    dictionary = true;
  }

  private void count(NameTree leaf) {
    Optional<NameTree> at = Optional.of(leaf);
    while (at.isPresent()) {
      at.get().weights++;
      at = at.get().parent;
    }
  }

  private NameTree made(String whole, int[] nodes) {
    NameTree at = this;
    int start = 0;
    for (int depth = 1; depth < DEEPEST && nodes[0] < MOST_NODES; depth++) {
      int dot = whole.indexOf('.', start);
      if (dot < 0) {
        break;
      }
      at = at.child(whole, start, dot, nodes);
      start = dot + 1;
    }
    return at.child(whole, start, whole.length(), nodes);
  }

  private NameTree child(String whole, int start, int end, int[] nodes) {
    return children.computeIfAbsent(
        whole.substring(start, end),
        part -> {
          nodes[0]++;
          NameTree made = new NameTree(part, whole.substring(0, end));
          made.parent = Optional.of(this);
          return made;
        });
  }

  /** Returns the node of a whole name. */
  Optional<NameTree> find(String whole) {
    NameTree at = this;
    while (!at.path.equals(whole)) {
      Optional<NameTree> next = at.towards(whole);
      if (next.isEmpty()) {
        return Optional.empty();
      }
      at = next.get();
    }
    return Optional.of(at);
  }

  private Optional<NameTree> towards(String whole) {
    int start = 0;
    if (!path.isEmpty() || parent.isPresent()) {
      start = path.length() + 1;
    }
    if (start > whole.length()) {
      return Optional.empty();
    }
    int dot = whole.indexOf('.', start);
    Optional<NameTree> rest = Optional.ofNullable(children.get(whole.substring(start)));
    if (dot < 0 || rest.isPresent()) {
      return rest;
    }
    return Optional.ofNullable(children.get(whole.substring(start, dot)));
  }

  /** Returns what it is called below its parent. */
  String name() {
    return name;
  }

  /** Returns its whole name; that of the root is empty. */
  String path() {
    return path;
  }

  Optional<NameTree> parent() {
    return parent;
  }

  /** Returns what lies below it, by name. */
  List<NameTree> children() {
    return List.copyOf(children.values());
  }

  /** Returns what is below it that holds weights. */
  List<NameTree> networks() {
    return children.values().stream().filter(child -> child.weights > 0 && !child.tensor).toList();
  }

  /** Returns whether a weight stands right below it. */
  boolean holdsWeight() {
    return children.values().stream()
        .anyMatch(child -> child.tensor && !Buffers.isCounter(child.name));
  }

  boolean isTensor() {
    return tensor;
  }

  /** Returns whether the file has a dictionary here, rather than a dot in a name. */
  boolean isDictionary() {
    return dictionary;
  }

  /** Returns what kind of object is here, if it is none that holds tensors. */
  Optional<String> object() {
    return object;
  }

  /** Returns how many weights are at it and below. */
  int weights() {
    return weights;
  }

  /** Returns whether what is below it is numbered, as the layers of a sequence are. */
  boolean isSequence() {
    return children.keySet().stream().allMatch(key -> key.matches("[0-9]+"));
  }

  /** Returns whether it is another node or lies below it. */
  boolean isWithin(NameTree other) {
    Optional<NameTree> at = Optional.of(this);
    while (at.isPresent() && at.get() != other) {
      at = at.get().parent;
    }
    return at.isPresent();
  }

  /** Returns the whole names of all tensors at it and below, by their names below it. */
  Map<String, String> stored() {
    Map<String, String> stored = new TreeMap<>();
    collect(stored);
    return stored;
  }

  private void collect(Map<String, String> into) {
    List<NameTree> open = new ArrayList<>(List.of(this));
    while (!open.isEmpty()) {
      NameTree at = open.remove(open.size() - 1);
      if (at.tensor) {
        into.put(below(at.path), at.path);
      }
      open.addAll(at.children.values());
    }
  }

  /** Returns a whole name without what leads here. */
  String below(String whole) {
    if (parent.isEmpty()) {
      return whole;
    }
    return whole.substring(Math.min(whole.length(), path.length() + 1));
  }
}
