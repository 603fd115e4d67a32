package org.distillgrid.jobs.plan;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.spec.StudentSpec;
import org.distillgrid.jobs.spec.TeacherSpec;
import org.distillgrid.jobs.spec.TrainSpec;
import org.distillgrid.jobs.spec.binding.Problems;
import org.distillgrid.kd.train.Cell;

/** Checks that there is what trials shall start from. */
final class StartChecks {
  private static final String START = "train.start";

  private final RunSpec spec;
  private final Catalog catalog;
  private final Problems problems;

  StartChecks(RunSpec spec, Catalog catalog, Problems problems) {
    this.spec = spec;
    this.catalog = catalog;
    this.problems = problems;
  }

  /** Checks the starts of a grid's cells. */
  void check(List<Cell> cells) {
    Students students = Students.of(spec.grid(), catalog);
    Set<String> seen = new HashSet<>();
    for (Cell cell : cells) {
      if (seen.add(cell.label())) {
        check(students.named(cell.label()), cell);
      }
    }
    if (spec.train().start().equals(Optional.of(TrainSpec.Start.SCRATCH))) {
      cells.stream().filter(cell -> !cell.isTrained()).findFirst().ifPresent(this::untrained);
    }
  }

  private void check(StudentSpec student, Cell cell) {
    switch (spec.train().start(student)) {
      case PRETRAINED -> {}
      case SCRATCH -> scratch(student);
      case GIVEN -> given(student);
      case TEACHER -> teacher(student, cell);
    }
  }

  private void scratch(StudentSpec student) {
    if (student.weights().isPresent()) {
      problems.add(START, "scratch starts from first values, and %s has weights", student.label());
    }
  }

  private void untrained(Cell cell) {
    problems.add(
        START,
        "scratch gives %s nothing to calibrate: it does not train",
        cell.quantizer().canonical());
  }

  private void given(StudentSpec student) {
    if (student.weights().isEmpty()) {
      problems.add(
          START,
          "given takes weights for every student, and %1$s has none (write {model: %1$s, weights:"
              + " FILE} under grid.student)",
          student.label());
    }
  }

  private void teacher(StudentSpec student, Cell cell) {
    if (student.weights().isPresent()) {
      problems.add(
          START,
          "teacher takes the teacher's weights, and %s has weights of its own",
          student.label());
    }
    spec.teacher()
        .map(TeacherSpec::model)
        .ifPresentOrElse(
            model -> sameNetwork(student, cell, model),
            () -> problems.add(START, "teacher needs one, and the spec has no teacher"));
  }

  private void sameNetwork(StudentSpec student, Cell cell, String teacher) {
    problems.attempt(
        "teacher.model",
        () -> {
          if (!catalog.model(teacher).canonical().equals(cell.student().canonical())) {
            problems.add(
                START,
                "teacher takes students of the teacher's network, %s, and %s is another (write"
                    + " teacher under grid.student)",
                teacher,
                student.label());
          }
        });
  }
}
