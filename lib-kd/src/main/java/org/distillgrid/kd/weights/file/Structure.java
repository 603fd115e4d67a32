package org.distillgrid.kd.weights.file;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.distillgrid.kd.weights.Printable;
import org.distillgrid.kd.weights.Problem;

/**
 * Finds a network by names alone, where it is not known which is looked for: from the root down
 * through usual names and through prefixes that all names carry.
 */
final class Structure {
  private final WeightPath where;
  private final Problem problem;

  Structure(WeightPath where) {
    this.where = where;
    this.problem = Problem.of(where.text());
  }

  /**
   * Returns the network at or below a node.
   *
   * @throws org.distillgrid.kd.error.GridException if there are several and no telling which
   */
  NameTree network(NameTree from) {
    NameTree at = from;
    Optional<NameTree> next = next(at);
    while (next.isPresent()) {
      at = next.get();
      next = next(at);
    }
    return at;
  }

  private Optional<NameTree> next(NameTree at) {
    List<NameTree> networks = at.networks();
    Optional<NameTree> usual =
        preferred(networks.stream().filter(NameTree::isDictionary).toList(), networks);
    if (usual.isPresent()) {
      return usual;
    }
    if (at.holdsWeight() || networks.isEmpty()) {
      return Optional.empty();
    }
    if (networks.size() == 1) {
      return networks.stream().filter(Structure::isPrefix).findFirst();
    }
    return amongSeveral(networks);
  }

  private Optional<NameTree> amongSeveral(List<NameTree> networks) {
    Optional<NameTree> best =
        preferred(
            networks.stream().filter(network -> hasCompany(network, networks)).toList(), networks);
    if (best.isPresent()) {
      return best;
    }
    List<NameTree> restoring =
        networks.stream().filter(network -> !PartNames.isAside(network)).toList();
    if (restoring.size() == 1) {
      return restoring.stream().findFirst();
    }
    List<NameTree> dictionaries = networks.stream().filter(NameTree::isDictionary).toList();
    if (dictionaries.size() > 1) {
      throw several("state dicts", dictionaries);
    }
    return dictionaries.stream().findFirst();
  }

  /** Returns the refusal of a file with networks none of which comes first. */
  RuntimeException several(String what, List<NameTree> networks) {
    List<String> names = networks.stream().map(node -> Printable.of(node.path())).toList();
    return problem.damaged(
        String.format(
            "it holds several %s (%s); choose one, as in %s",
            what, TakenWeights.shown(names), where.with(names.get(0))));
  }

  private static Optional<NameTree> preferred(List<NameTree> from, List<NameTree> all) {
    return from.stream()
        .filter(node -> PartNames.isUsual(node) || PartNames.isAveraged(node.name()))
        .filter(node -> isComplete(node, all))
        .min(PartNames.preference());
  }

  // The layers of one network have neither copies nor critics beside them.
  private static boolean hasCompany(NameTree node, List<NameTree> all) {
    return all.stream()
        .filter(other -> other != node)
        .anyMatch(other -> PartNames.isAside(other) || names(other).equals(names(node)));
  }

  // Averaged weights of some layers only are no network.
  private static boolean isComplete(NameTree node, List<NameTree> all) {
    if (!PartNames.isAveraged(node.name())) {
      return true;
    }
    Set<String> own = names(node);
    return all.stream()
        .map(Structure::names)
        .noneMatch(other -> other.size() > own.size() && other.containsAll(own));
  }

  private static Set<String> names(NameTree node) {
    return Buffers.without(node.stored()).keySet();
  }

  // What all names carry, unless it is the network's own list of layers.
  private static boolean isPrefix(NameTree only) {
    return only.isDictionary()
        || PartNames.isWrapper(only)
        || (!only.isSequence() && !only.networks().isEmpty());
  }
}
