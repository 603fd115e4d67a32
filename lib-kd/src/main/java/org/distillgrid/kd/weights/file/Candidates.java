package org.distillgrid.kd.weights.file;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The networks that a file may hold: every branch of its names, the outermost first. */
final class Candidates {
  private static final int MOST = 256;

  /**
   * One of them.
   *
   * @param node where it is
   * @param stored the whole names of its tensors by the names that they have in the network
   */
  record Candidate(NameTree node, Map<String, String> stored) {
    static Candidate of(NameTree node) {
      return new Candidate(node, node.stored());
    }
  }

  private Candidates() {}

  /** Returns those at and below some nodes. */
  static List<Candidate> below(List<NameTree> nodes) {
    List<Candidate> candidates = new ArrayList<>();
    Deque<NameTree> open = new ArrayDeque<>(nodes);
    while (!open.isEmpty() && candidates.size() < MOST) {
      NameTree node = open.remove();
      candidates.add(Candidate.of(node));
      undotted(node).ifPresent(candidates::add);
      boolean alone = node.networks().size() == 1;
      // Numbered branches are layers, unless the file has a list there or nothing else.
      node.networks().stream()
          .filter(child -> alone || child.isDictionary() || !child.name().matches("[0-9]+"))
          .forEach(open::add);
    }
    return candidates;
  }

  // The averaging of latent-diffusion and its kin names its copies without the dots.
  private static Optional<Candidate> undotted(NameTree node) {
    if (!PartNames.isAveraged(node.name()) || !node.networks().isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> stored = node.stored();
    List<NameTree> siblings = node.parent().map(NameTree::networks).orElse(List.of());
    for (NameTree sibling : siblings) {
      Map<String, String> mapped = new TreeMap<>();
      Map<String, String> wanted = Buffers.without(sibling.stored());
      wanted.keySet().stream()
          .filter(name -> stored.containsKey(name.replace(".", "")))
          .forEach(name -> mapped.put(name, stored.get(name.replace(".", ""))));
      if (sibling != node && mapped.size() == wanted.size()) {
        return Optional.of(new Candidate(node, mapped));
      }
    }
    return Optional.empty();
  }
}
