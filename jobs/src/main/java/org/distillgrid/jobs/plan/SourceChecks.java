package org.distillgrid.jobs.plan;

import java.util.List;
import java.util.Optional;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.EvaluationSet;
import org.distillgrid.jobs.spec.ImageSource;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.spec.TaskSpec;
import org.distillgrid.jobs.spec.binding.Problems;
import org.distillgrid.jobs.spec.binding.SpecPath;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.eval.PairKeys;
import org.distillgrid.kd.task.Task;

/** Checks that images are named as the task reads them: ground truths, or inputs with targets. */
final class SourceChecks {
  private final Catalog catalog;
  private final Problems problems;

  SourceChecks(Catalog catalog, Problems problems) {
    this.catalog = catalog;
    this.problems = problems;
  }

  void check(RunSpec spec) {
    Optional<Task> task = task(spec.task());
    sources("data.train", spec.data().train(), task);
    sources("data.validate", spec.data().validate(), task);
    List<EvaluationSet> sets = spec.evaluate().sets();
    for (int i = 0; i < sets.size(); i++) {
      source(SpecPath.element("evaluate.sets", i), sets.get(i).images(), task);
    }
  }

  // What is wrong with the task itself is said elsewhere.
  private Optional<Task> task(TaskSpec task) {
    try {
      return Optional.of(catalog.task(task.name()))
          .filter(sum -> sum.scales().contains(task.scale()))
          .map(sum -> sum.task(task.scale()));
    } catch (GridException e) {
      return Optional.empty();
    }
  }

  private void sources(String key, List<ImageSource> sources, Optional<Task> task) {
    for (int i = 0; i < sources.size(); i++) {
      source(SpecPath.element(key, i), sources.get(i), task);
    }
  }

  private void source(String path, ImageSource source, Optional<Task> task) {
    boolean namesSide = source.input().isPresent() || source.target().isPresent();
    source
        .pattern()
        .ifPresent(
            pattern ->
                problems.attempt(
                    SpecPath.child(path, "pattern"), () -> PairKeys.byPattern(pattern)));
    if (source.path().isPresent() && (namesSide || source.pattern().isPresent())) {
      problems.add(path, "has a path, and keys of pairs beside it (input, target, pattern)");
    } else if (namesSide && source.input().isEmpty()) {
      problems.add(SpecPath.child(path, "input"), "is required beside target");
    } else if (namesSide && source.target().isEmpty()) {
      problems.add(SpecPath.child(path, "target"), "is required beside input");
    } else if (source.path().isEmpty() && !namesSide) {
      problems.add(path, "names no images (path, or input and target for task pairs)");
    } else {
      task.ifPresent(each -> fit(path, source, each));
    }
  }

  private void fit(String path, ImageSource source, Task task) {
    if (task.readsInputs() && !source.hasPairs()) {
      problems.add(
          path,
          "must be a pair {input: …, target: …}, as task %s reads its inputs, found %s",
          task.name(),
          source.path().orElseThrow());
    }
    if (!task.readsInputs() && source.hasPairs()) {
      problems.add(
          path,
          "is a pair, but task %s makes its inputs itself (set task.name: pairs)",
          task.name());
    }
  }
}
