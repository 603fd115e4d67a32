package org.distillgrid.jobs.spec;

import java.io.IOException;
import java.util.List;
import org.distillgrid.jobs.spec.binding.Problems;
import org.distillgrid.jobs.spec.binding.SpecPath;

/** Checks that what a spec reads is there. Whether it can be read shows when it is read. */
final class InputChecks {
  private final Locations locations;
  private final Problems problems;

  InputChecks(Locations locations, Problems problems) {
    this.locations = locations;
    this.problems = problems;
  }

  void check(RunSpec spec) {
    images("data.train", spec.data().train());
    images("data.validate", spec.data().validate());
    spec.teacher()
        .flatMap(TeacherSpec::weights)
        .ifPresent(path -> weights("teacher.weights", path));
    spec.encoder().weights().ifPresent(path -> weights("encoder.weights", path));
    students(spec.grid().student());
    List<EvaluationSet> sets = spec.evaluate().sets();
    for (int i = 0; i < sets.size(); i++) {
      String key = SpecPath.element("evaluate.sets", i);
      sides(key, sets.get(i).images());
      sets.get(i).images().path().ifPresent(path -> images(key + ".path", path));
    }
  }

  private void students(List<StudentSpec> students) {
    for (int i = 0; i < students.size(); i++) {
      String key = SpecPath.element("grid.student", i) + ".weights";
      students.get(i).weights().ifPresent(path -> weights(key, path));
    }
  }

  private void images(String key, List<ImageSource> sources) {
    for (int i = 0; i < sources.size(); i++) {
      String element = SpecPath.element(key, i);
      sides(element, sources.get(i));
      sources.get(i).path().ifPresent(path -> images(element, path));
    }
  }

  private void sides(String key, ImageSource source) {
    source.input().ifPresent(path -> images(key + ".input", path));
    source.target().ifPresent(path -> images(key + ".target", path));
  }

  private void images(String key, String path) {
    try {
      if (!locations.exists(path)) {
        problems.add(key, "there is no %s", path);
      } else if (!locations.hasFile(path)) {
        problems.add(key, "there are no files in %s", path);
      }
    } catch (IOException | RuntimeException e) {
      problems.add(key, "cannot look up %s: %s", path, e.getMessage());
    }
  }

  private void weights(String key, String path) {
    try {
      // A network of several in a file is chosen by a # and its name behind the file's.
      String file = path.substring(0, Math.max(path.lastIndexOf('#'), 0));
      if (!locations.isFile(path) && (file.isEmpty() || !locations.isFile(file))) {
        problems.add(key, "there is no file %s", path);
      }
    } catch (IOException | RuntimeException e) {
      problems.add(key, "cannot look up %s: %s", path, e.getMessage());
    }
  }
}
