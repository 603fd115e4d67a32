package org.distillgrid.kd.weights.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.CheckpointContents;
import org.distillgrid.kd.weights.CheckpointListing;
import org.distillgrid.kd.weights.HostTensor;
import org.distillgrid.kd.weights.Problem;
import org.distillgrid.kd.weights.StoredCheckpoint;
import org.distillgrid.kd.weights.file.Candidates.Candidate;

/** Chooses one network among all that a file holds. */
final class PartChoice {
  // Files of this program say what they hold, and hold nothing else.
  private static final Set<String> OWN = Set.of("model", "encoder");

  /**
   * What was chosen.
   *
   * @param part as it is loaded
   * @param node where it is
   * @param fitting whether it is what was looked for
   */
  record Chosen(WeightPart part, NameTree node, boolean fitting) {}

  private final StoredCheckpoint stored;
  private final CheckpointContents contents;
  private final NameTree root;
  private final WeightPath where;
  private final Structure structure;

  PartChoice(StoredCheckpoint stored, WeightPath where) {
    this.stored = stored;
    this.contents = stored.contents();
    this.root = NameTree.of(contents);
    this.where = where;
    this.structure = new Structure(where);
  }

  /** Returns the tensors of the network that names alone show, its buffers among them. */
  Checkpoint byNames() {
    NameTree node = byStructure(List.of(root));
    SortedMap<String, FoldedTensor> tensors = WeightNorm.pairs(node.stored(), contents.tensors());
    return part(node, tensors).checkpoint();
  }

  /** Returns the network that fits, averaged weights first; if none does, the one by its names. */
  Chosen choose(PartFit fit) {
    List<NameTree> from = where.part().map(this::selected).orElse(List.of(root));
    if (from.contains(root) && isOwn()) {
      return new Chosen(part(Candidate.of(root)), root, true);
    }
    List<Candidate> fitting = fitting(from, fit);
    if (fitting.isEmpty()) {
      NameTree node = byStructure(from);
      return new Chosen(part(Candidate.of(node)), node, false);
    }
    Candidate best = best(fitting);
    return new Chosen(part(best), best.node(), true);
  }

  /** Returns the chosen network, read. */
  TakenWeights take(PartFit fit) {
    Chosen chosen = choose(fit);
    return new TakenWeights(
        chosen.part().checkpoint(),
        chosen.node().path(),
        chosen.fitting(),
        LeftOut.beside(chosen.node()),
        buffers(chosen.node()),
        where);
  }

  /** Returns the chosen network, told without its values. */
  CheckpointListing list(PartFit fit) {
    Chosen chosen = choose(fit);
    return new CheckpointListing(
        contents.format(),
        chosen.part().listed(),
        chosen.part().metadata(),
        new Notes(chosen.node(), buffers(chosen.node())).lines());
  }

  private List<NameTree> selected(String name) {
    return Selection.of(root, name, where);
  }

  private NameTree byStructure(List<NameTree> from) {
    if (from.contains(root) && isOwn()) {
      return root;
    }
    if (from.size() > 1) {
      throw structure.several("networks", from);
    }
    return structure.network(from.get(0));
  }

  private boolean isOwn() {
    return contents.fileMetadata().keySet().stream().anyMatch(OWN::contains);
  }

  private List<Candidate> fitting(List<NameTree> from, PartFit fit) {
    List<Candidate> fitting = new ArrayList<>();
    for (Candidate candidate : Candidates.below(from)) {
      boolean inside = fitting.stream().anyMatch(outer -> candidate.node().isWithin(outer.node()));
      if (!inside && fit.fits(part(candidate))) {
        fitting.add(candidate);
      }
    }
    return fitting;
  }

  private Candidate best(List<Candidate> fitting) {
    Comparator<Candidate> order = Comparator.comparing(Candidate::node, PartNames.preference());
    Candidate first = fitting.stream().min(order).orElseThrow();
    List<NameTree> alike =
        fitting.stream()
            .filter(other -> order.compare(other, first) == 0)
            .map(Candidate::node)
            .toList();
    if (alike.size() > 1) {
      throw structure.several("networks that fit", alike);
    }
    return first;
  }

  private WeightPart part(Candidate candidate) {
    SortedMap<String, FoldedTensor> tensors =
        WeightNorm.pairs(Buffers.without(candidate.stored()), contents.tensors());
    return part(candidate.node(), tensors);
  }

  private WeightPart part(NameTree node, SortedMap<String, FoldedTensor> tensors) {
    return new WeightPart(node.path(), tensors, contents.tensors(), metadata(node), this::values);
  }

  private SortedMap<String, String> metadata(NameTree node) {
    Optional<NameTree> at = Optional.of(node);
    while (at.isPresent()) {
      SortedMap<String, String> found = contents.metadata().get(at.get().path());
      if (found != null) {
        return found;
      }
      at = at.get().parent();
    }
    return new TreeMap<>();
  }

  private SortedMap<String, HostTensor> values(Set<String> names) {
    try {
      return stored.read(names);
    } catch (IOException e) {
      throw Problem.of(where.file()).damaged(e, String.valueOf(e.getMessage()));
    }
  }

  private static List<String> buffers(NameTree node) {
    Map<String, String> ends = new TreeMap<>();
    node.stored().keySet().stream()
        .filter(Buffers::isOne)
        .forEach(name -> ends.put(Buffers.last(name), name));
    return List.copyOf(ends.keySet());
  }
}
