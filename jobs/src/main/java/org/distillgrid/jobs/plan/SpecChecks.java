package org.distillgrid.jobs.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.DataSpec;
import org.distillgrid.jobs.spec.EvaluationSet;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.spec.TaskSpec;
import org.distillgrid.jobs.spec.TeacherSpec;
import org.distillgrid.jobs.spec.binding.Naming;
import org.distillgrid.jobs.spec.binding.Problems;
import org.distillgrid.jobs.spec.binding.SpecPath;
import org.distillgrid.kd.model.ModelFamily;
import org.distillgrid.kd.task.TaskSum;

/** Checks what a single key cannot tell: names, and keys that must go together. */
public final class SpecChecks {
  /** The least side of an input patch; a network's receptive field is wider than less. */
  static final int LEAST_INPUT_PATCH = 16;

  /** What names that tables show look like. */
  static final Pattern NAME = Pattern.compile(Naming.SHOWN);

  private final Catalog catalog;
  private final Problems problems;

  public SpecChecks(Catalog catalog, Problems problems) {
    this.catalog = catalog;
    this.problems = problems;
  }

  public void check(RunSpec spec) {
    name("name", spec.name());
    task(spec.task());
    data(spec.data(), spec.task().scale());
    spec.teacher().ifPresent(teacher -> teacher(teacher, spec.task()));
    TrainingChecks.check(spec, problems);
    sets(spec.evaluate().sets());
    new SourceChecks(catalog, problems).check(spec);
    new GridChecks(catalog, problems).check(spec);
  }

  /** Checks a model's name and that it can be built for a scale. */
  static void model(String path, String name, int scale, Catalog catalog, Problems problems) {
    problems.attempt(
        path,
        () -> {
          ModelFamily family = catalog.family(catalog.model(name));
          if (!family.scales().contains(scale)) {
            problems.add(
                path, "%s has no scale %d (valid: %s)", name, scale, numbers(family.scales()));
          }
        });
  }

  private void task(TaskSpec task) {
    problems.attempt(
        "task.name",
        () -> {
          TaskSum sum = catalog.task(task.name());
          if (sum.scales().contains(task.scale())) {
            sum.task(task.scale());
          } else {
            problems.add(
                "task.scale",
                "%s has no scale %d (valid: %s)",
                task.name(),
                task.scale(),
                numbers(sum.scales()));
          }
        });
  }

  private void data(DataSpec data, int scale) {
    if (data.train().isEmpty()) {
      problems.add("data.train", "names no images");
    }
    if (data.channels() == 2) {
      problems.add("data.channels", "must be 1 or 3, found 2");
    }
    multiple("data.patch", data.patch(), scale);
    multiple("data.stride", data.stride(), scale);
    if (data.patch() / scale < LEAST_INPUT_PATCH) {
      problems.add(
          "data.patch",
          "must be at least %d at scale %d, so that an input patch has %d pixels, found %d",
          LEAST_INPUT_PATCH * scale,
          scale,
          LEAST_INPUT_PATCH,
          data.patch());
    }
  }

  private void multiple(String path, int value, int scale) {
    if (value % scale != 0) {
      problems.add(path, "must be a multiple of task.scale %d, found %d", scale, value);
    }
  }

  private void teacher(TeacherSpec teacher, TaskSpec task) {
    model("teacher.model", teacher.model(), task.scale(), catalog, problems);
  }

  private void sets(List<EvaluationSet> sets) {
    if (sets.isEmpty()) {
      problems.add("evaluate.sets", "names no test set");
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < sets.size(); i++) {
      String path = SpecPath.element("evaluate.sets", i) + ".name";
      name(path, sets.get(i).name());
      if (!seen.add(sets.get(i).name())) {
        problems.add(path, "%s is named twice", sets.get(i).name());
      }
    }
  }

  private void name(String path, String name) {
    if (!NAME.matcher(name).matches()) {
      problems.add(
          path,
          "must start with a letter or digit and go on with those, dots, dashes and underscores,"
              + " found \"%s\"",
          name);
    }
  }

  private static String numbers(Set<Integer> numbers) {
    List<Integer> sorted = new ArrayList<>(new TreeSet<>(numbers));
    return sorted.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
