package org.distillgrid.jobs.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.GridSpec;
import org.distillgrid.jobs.spec.binding.Problems;

/**
 * The labels that a grid gives to its methods. A label stands for its method wherever the grid
 * names methods, and in tables; it is no part of a trial's identity.
 */
final class MethodLabels {
  private final List<LabelledMethod> labelled;

  private MethodLabels(List<LabelledMethod> labelled) {
    this.labelled = List.copyOf(labelled);
  }

  /** Returns the labels of a grid, in the order in which they are written. */
  static MethodLabels of(GridSpec grid) {
    return new MethodLabels(
        Stream.concat(
                grid.method().stream(),
                grid.include().stream().flatMap(pattern -> pattern.method().stream()))
            .map(LabelledMethod::parse)
            .filter(method -> method.label().isPresent())
            .toList());
  }

  /** Returns a grid in which every method is written without its label. */
  static GridSpec without(GridSpec grid) {
    MethodLabels labels = of(grid);
    return grid.withMethods(text -> labels.method(alone(text)));
  }

  /**
   * Returns a grid in which every method has its one spelling, without its label.
   *
   * @throws org.distillgrid.kd.error.GridException if the catalog lacks one of them
   */
  static GridSpec canonical(GridSpec grid, Catalog catalog) {
    MethodLabels labels = of(grid);
    return grid.withMethods(
        text -> GridMethod.parse(labels.method(alone(text)), catalog).spelling());
  }

  /** Returns the method that a text of the grid stands for: a label, a method, or both. */
  String method(String text) {
    return labelled.stream()
        .filter(method -> method.label().equals(Optional.of(text)))
        .findFirst()
        .map(LabelledMethod::method)
        .orElseGet(() -> alone(text));
  }

  /** Returns a method as the axis writes it, without its label. */
  static String alone(String text) {
    return LabelledMethod.parse(text).method();
  }

  /**
   * Returns what tables call a method: its label, or the method itself.
   *
   * @param canonical the method's one spelling
   */
  String label(String canonical, Catalog catalog) {
    return labelled.stream()
        .filter(method -> canonical(method, catalog).equals(canonical))
        .findFirst()
        .flatMap(LabelledMethod::label)
        .orElse(canonical);
  }

  /** Finds labels that do not tell methods apart. Every method must be one of the catalog. */
  void check(Catalog catalog, Problems problems) {
    List<LabelledMethod> before = new ArrayList<>();
    for (LabelledMethod method : labelled) {
      String label = method.label().orElseThrow();
      if (!SpecChecks.NAME.matcher(label).matches()) {
        problems.add(
            "grid.method",
            "label \"%s\" must start with a letter or digit and go on with those, dots, dashes and"
                + " underscores",
            label);
      }
      if (catalog.methods().names().contains(label)) {
        problems.add("grid.method", "label %s is the name of a method", label);
      }
      for (LabelledMethod earlier : before) {
        compare(earlier, method, catalog, problems);
      }
      before.add(method);
    }
  }

  private static void compare(
      LabelledMethod earlier, LabelledMethod later, Catalog catalog, Problems problems) {
    String one = canonical(earlier, catalog);
    String other = canonical(later, catalog);
    boolean sameLabel = earlier.label().equals(later.label());
    if (sameLabel && !one.equals(other)) {
      String label = later.label().orElseThrow();
      problems.add("grid.method", "label %s is given to %s and to %s", label, one, other);
    }
    if (!sameLabel && one.equals(other)) {
      problems.add(
          "grid.method",
          "%s is labelled both %s and %s",
          one,
          earlier.label().orElseThrow(),
          later.label().orElseThrow());
    }
  }

  private static String canonical(LabelledMethod method, Catalog catalog) {
    return GridMethod.parse(method.method(), catalog).spelling();
  }
}
