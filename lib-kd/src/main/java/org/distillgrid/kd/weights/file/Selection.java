package org.distillgrid.kd.weights.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.distillgrid.kd.weights.Printable;
import org.distillgrid.kd.weights.Problem;

/**
 * The part of a file that someone chose by name: its whole name, the end of it, or a word of it, as
 * {@code ema} for {@code state_dict.generator_ema}.
 */
final class Selection {
  private Selection() {}

  /**
   * Returns the outermost parts of that name.
   *
   * @throws org.distillgrid.kd.error.GridException if there is none
   */
  static List<NameTree> of(NameTree root, String chosen, WeightPath where) {
    String word = chosen.toLowerCase(Locale.ROOT);
    List<Predicate<NameTree>> ways =
        List.of(
            node -> node.path().equals(chosen),
            node -> node.path().endsWith("." + chosen),
            node -> PartNames.tokens(node.name()).contains(word),
            node -> word.equals("ema") && PartNames.isAveraged(node.name()));
    for (Predicate<NameTree> way : ways) {
      List<NameTree> found = new ArrayList<>();
      collect(root, way, found);
      if (!found.isEmpty()) {
        return found;
      }
    }
    throw Problem.of(where.file())
        .damaged("it has no part " + Printable.of(chosen) + "; " + held(root, where));
  }

  private static void collect(NameTree node, Predicate<NameTree> way, List<NameTree> found) {
    for (NameTree child : node.children()) {
      if (child.weights() > 0 && !child.isTensor()) {
        if (way.test(child)) {
          found.add(child);
        } else {
          collect(child, way, found);
        }
      }
    }
  }

  private static String held(NameTree root, WeightPath where) {
    NameTree at = root;
    while (at.networks().size() == 1 && !at.holdsWeight()) {
      at = at.networks().get(0);
    }
    List<String> names = at.networks().stream().map(node -> Printable.of(node.path())).toList();
    if (names.isEmpty()) {
      return "it holds one network, " + where.file();
    }
    return "it holds " + TakenWeights.shown(names);
  }
}
