package org.distillgrid.jobs.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes every path of a spec absolute. */
final class PathResolution {
  private final Locations locations;
  private final Overrides overrides;
  private final String folder;

  PathResolution(Locations locations, Overrides overrides, String specLocation) {
    this.locations = locations;
    this.overrides = overrides;
    this.folder = Locations.folder(specLocation);
  }

  RunSpec resolve(RunSpec spec) {
    return new RunSpec(
        spec.name(),
        data(spec.data()),
        spec.task(),
        spec.teacher().map(this::teacher),
        new EncoderSpec(
            spec.encoder().weights().map(path -> input("encoder.weights", path)),
            spec.encoder().train()),
        spec.grid(),
        spec.train(),
        evaluate(spec.evaluate()),
        spec.cluster(),
        new OutputSpec(locations.resolve(spec.output().path(), Locations.current())));
  }

  private DataSpec data(DataSpec data) {
    return new DataSpec(
        data.train().stream().map(path -> input("data.train", path)).toList(),
        data.validate().stream().map(path -> input("data.validate", path)).toList(),
        data.channels(),
        data.patch(),
        data.stride(),
        data.maxPixels());
  }

  private TeacherSpec teacher(TeacherSpec teacher) {
    Optional<String> weights = teacher.weights().map(path -> input("teacher.weights", path));
    return new TeacherSpec(teacher.model(), weights, teacher.train());
  }

  private EvaluateSpec evaluate(EvaluateSpec evaluate) {
    return new EvaluateSpec(sets(evaluate.sets()), evaluate.memory(), evaluate.onBadImage());
  }

  private List<EvaluationSet> sets(List<EvaluationSet> sets) {
    List<EvaluationSet> resolved = new ArrayList<>();
    for (EvaluationSet set : sets) {
      resolved.add(new EvaluationSet(set.name(), input("evaluate.sets", set.path())));
    }
    return resolved;
  }

  // Whoever types a path on a command line means it from where they stand.
  private String input(String key, String path) {
    if (overrides.covers(key)) {
      return locations.resolve(path, Locations.current());
    }
    return locations.resolve(path, folder);
  }
}
