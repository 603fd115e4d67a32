package org.distillgrid.kd.weights.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.distillgrid.kd.weights.Printable;

/** Says, a sentence each, where in its file a network was found and what was left out. */
final class Notes {
  private final NameTree node;
  private final List<String> buffers;

  Notes(NameTree node, List<String> buffers) {
    this.node = node;
    this.buffers = buffers;
  }

  List<String> lines() {
    List<String> notes = new ArrayList<>();
    NameTree dictionary = dictionary();
    if (!dictionary.path().isEmpty()) {
      notes.add("the state dict is " + Printable.of(dictionary.path()));
    }
    if (dictionary != node) {
      notes.add(Printable.of(dictionary.below(node.path())) + ". is left out before every name");
    }
    List<String> beside =
        LeftOut.beside(node).stream().map(part -> part.path() + " (" + part.kind() + ")").toList();
    if (!beside.isEmpty()) {
      notes.add("left out: " + TakenWeights.shown(beside));
    }
    if (!buffers.isEmpty()) {
      notes.add("no weights, left out: " + TakenWeights.shown(buffers));
    }
    return notes;
  }

  // What the file has as a dictionary, rather than a prefix of the names in it.
  private NameTree dictionary() {
    NameTree at = node;
    Optional<NameTree> above = at.parent();
    while (!at.isDictionary() && above.isPresent()) {
      at = above.get();
      above = at.parent();
    }
    return at;
  }
}
