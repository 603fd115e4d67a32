package org.distillgrid.jobs.plan;

import java.util.List;
import java.util.Optional;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.GridSpec;
import org.distillgrid.jobs.spec.StudentSpec;
import org.distillgrid.jobs.spec.binding.Problems;
import org.distillgrid.jobs.spec.binding.SpecPath;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.model.ModelName;

/** The students of a grid by what it calls them: a label, or the model. */
final class Students {
  private static final String TEACHER = "teacher";

  private final List<StudentSpec> students;
  private final Catalog catalog;

  private Students(List<StudentSpec> students, Catalog catalog) {
    this.students = students;
    this.catalog = catalog;
  }

  /** Returns the students of a grid. */
  static Students of(GridSpec grid, Catalog catalog) {
    return new Students(grid.student(), catalog);
  }

  /**
   * Returns the student that a text of the grid stands for; a model that the axis lacks, as include
   * may name one, has no weights.
   *
   * @throws GridException if it is neither a label nor a model
   */
  StudentSpec named(String text) {
    Optional<StudentSpec> called =
        students.stream().filter(student -> student.label().equals(text)).findFirst();
    if (called.isPresent()) {
      return called.get();
    }
    String canonical = catalog.model(text).canonical();
    return students.stream()
        .filter(student -> student.as().isEmpty() && model(student).canonical().equals(canonical))
        .findFirst()
        .map(student -> new StudentSpec(text, student.weights(), Optional.empty()))
        .orElseGet(() -> StudentSpec.of(text));
  }

  /**
   * Returns a student's network.
   *
   * @throws GridException if there is no such model
   */
  ModelName model(StudentSpec student) {
    if (student.model().equals(TEACHER)) {
      throw GridException.of(
          ErrorCode.USAGE, "teacher is the teacher's network, and the spec has no teacher");
    }
    return catalog.model(student.model());
  }

  /**
   * Returns the one spelling of a text: a label is its own.
   *
   * @throws GridException if it is neither a label nor a model
   */
  String canonical(String text) {
    StudentSpec student = named(text);
    String model = model(student).canonical();
    return student.as().orElse(model);
  }

  /** Finds labels that cannot be told from models, and students that are one. */
  void check(Problems problems) {
    for (int i = 0; i < students.size(); i++) {
      StudentSpec student = students.get(i);
      String path = SpecPath.element("grid.student", i);
      student.as().ifPresent(label -> label(path + ".as", label, problems));
      for (StudentSpec earlier : students.subList(0, i)) {
        if (isModel(earlier.model()) && isModel(student.model())) {
          compare(path, earlier, student, problems);
        }
      }
    }
  }

  private void label(String path, String label, Problems problems) {
    if (!SpecChecks.NAME.matcher(label).matches()) {
      problems.add(
          path,
          "label \"%s\" must start with a letter or digit and go on with those, dots, dashes and"
              + " underscores",
          label);
    }
    if (label.equals(TEACHER)) {
      problems.add(path, "label teacher stands for the teacher's network");
    } else if (isModel(label)) {
      problems.add(path, "label %s is the name of a model", label);
    }
  }

  private boolean isModel(String label) {
    try {
      catalog.model(label);
      return true;
    } catch (GridException e) {
      return false;
    }
  }

  private void compare(String path, StudentSpec one, StudentSpec other, Problems problems) {
    if (!model(one).canonical().equals(model(other).canonical())) {
      return;
    }
    boolean labelled = one.as().isPresent() || other.as().isPresent();
    boolean sameWeights = weights(one).equals(weights(other));
    if (labelled && sameWeights) {
      problems.add(path, "%s and %s are one student", one.label(), other.label());
    }
    if (!labelled && !sameWeights) {
      problems.add(path, "%s needs a label (as: NAME) beside the other", other.label());
    }
  }

  private static String weights(StudentSpec student) {
    return student.weights().map(InputPaths::spelled).orElse("");
  }
}
