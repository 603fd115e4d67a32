package org.distillgrid.kd.weights.file;

import java.util.ArrayList;
import java.util.List;
import org.distillgrid.kd.weights.Printable;

/**
 * Something in a weight file that is no part of the network that was taken.
 *
 * @param path its whole name, fit for a message
 * @param kind what it is, for instance {@code 12 tensors}
 */
public record LeftOut(String path, String kind) {
  /** Returns all that a file holds beside a network, what holds tensors first. */
  static List<LeftOut> beside(NameTree network) {
    List<LeftOut> tensors = new ArrayList<>();
    List<LeftOut> objects = new ArrayList<>();
    below(network, objects);
    for (NameTree at = network; at.parent().isPresent(); at = at.parent().get()) {
      for (NameTree other : at.parent().get().children()) {
        if (other != at) {
          add(other, tensors, objects);
        }
      }
    }
    tensors.addAll(objects);
    return tensors;
  }

  private static void below(NameTree node, List<LeftOut> objects) {
    for (NameTree child : node.children()) {
      child.object().ifPresent(kind -> objects.add(of(child, kind)));
      below(child, objects);
    }
  }

  private static void add(NameTree node, List<LeftOut> tensors, List<LeftOut> objects) {
    int count = node.stored().size();
    if (count > 0) {
      tensors.add(of(node, tensors(count)));
    } else {
      node.object()
          .ifPresentOrElse(kind -> objects.add(of(node, kind)), () -> below(node, objects));
    }
  }

  private static String tensors(int count) {
    if (count == 1) {
      return "a tensor";
    }
    return count + " tensors";
  }

  private static LeftOut of(NameTree node, String kind) {
    return new LeftOut(Printable.of(node.path()), kind);
  }
}
