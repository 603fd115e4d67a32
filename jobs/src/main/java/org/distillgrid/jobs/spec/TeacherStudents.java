package org.distillgrid.jobs.spec;

import java.util.List;
import java.util.Optional;
import org.distillgrid.jobs.spec.yaml.YamlNode;

/** Writes the teacher's model wherever a grid calls a student {@code teacher}. */
final class TeacherStudents {
  private static final String GRID = "grid";
  private static final String STUDENT = "student";
  private static final String TEACHER = "teacher";
  private static final String MODEL = "model";
  private static final List<String> PATTERNS = List.of("include", "exclude");

  private final YamlNode.Scalar model;

  private TeacherStudents(YamlNode.Scalar model) {
    this.model = model;
  }

  /** Returns a spec's tree with it; one without a teacher is left for the checks to refuse. */
  static YamlNode.Mapping in(YamlNode.Mapping root) {
    Optional<YamlNode.Scalar> model =
        mapping(root.entries().get(TEACHER))
            .map(teacher -> teacher.entries().get(MODEL))
            .filter(YamlNode.Scalar.class::isInstance)
            .map(YamlNode.Scalar.class::cast);
    Optional<YamlNode.Mapping> grid = mapping(root.entries().get(GRID));
    if (model.isEmpty() || grid.isEmpty()) {
      return root;
    }
    return root.with(GRID, new TeacherStudents(model.get()).inGrid(grid.get()));
  }

  private YamlNode inGrid(YamlNode.Mapping grid) {
    YamlNode.Mapping named = withStudents(grid);
    for (String patterns : PATTERNS) {
      YamlNode list = named.entries().get(patterns);
      if (list != null) {
        named = named.with(patterns, inPatterns(list));
      }
    }
    return named;
  }

  private YamlNode inPatterns(YamlNode node) {
    if (node instanceof YamlNode.Listing list) {
      List<YamlNode> elements = list.elements().stream().map(this::inPatterns).toList();
      return new YamlNode.Listing(list.line(), elements);
    }
    return mapping(node).<YamlNode>map(this::withStudents).orElse(node);
  }

  private YamlNode.Mapping withStudents(YamlNode.Mapping keys) {
    YamlNode students = keys.entries().get(STUDENT);
    if (students == null) {
      return keys;
    }
    return keys.with(STUDENT, named(students));
  }

  private YamlNode named(YamlNode student) {
    if (student instanceof YamlNode.Listing list) {
      return new YamlNode.Listing(list.line(), list.elements().stream().map(this::named).toList());
    }
    if (student instanceof YamlNode.Mapping keys && keys.entries().containsKey(MODEL)) {
      return keys.with(MODEL, named(keys.entries().get(MODEL)));
    }
    if (student instanceof YamlNode.Scalar text && text.text().equals(TEACHER)) {
      return model.at(text.line());
    }
    return student;
  }

  private static Optional<YamlNode.Mapping> mapping(YamlNode node) {
    if (node instanceof YamlNode.Mapping mapping) {
      return Optional.of(mapping);
    }
    return Optional.empty();
  }
}
