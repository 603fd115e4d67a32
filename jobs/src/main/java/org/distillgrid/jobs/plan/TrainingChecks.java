package org.distillgrid.jobs.plan;

import java.util.List;
import org.distillgrid.jobs.spec.Crop;
import org.distillgrid.jobs.spec.DataSpec;
import org.distillgrid.jobs.spec.ProgressiveSpan;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.spec.TrainingSettings;
import org.distillgrid.jobs.spec.binding.Problems;
import org.distillgrid.jobs.spec.binding.SpecPath;
import org.distillgrid.kd.distill.PixelLoss;
import org.distillgrid.kd.train.recipe.RateCourse;

/** Checks how each network of a run is trained, and what windows its steps see. */
final class TrainingChecks {
  private static final int BETAS = 2;

  private final DataSpec data;
  private final int scale;
  private final Problems problems;

  private TrainingChecks(RunSpec spec, Problems problems) {
    this.data = spec.data();
    this.scale = spec.task().scale();
    this.problems = problems;
  }

  static void check(RunSpec spec, Problems problems) {
    TrainingChecks checks = new TrainingChecks(spec, problems);
    checks.crop();
    spec.teacher()
        .ifPresent(teacher -> checks.training("teacher.train", teacher.train().settings()));
    checks.training("encoder.train", spec.encoder().train().settings());
    checks.training("train.pretrain", spec.train().pretrain().settings());
    checks.training("train", spec.train().settings());
    if (spec.encoder().train().settings().loss() != PixelLoss.L1) {
      problems.add("encoder.train.loss", "cannot be set: an encoder has a loss of its own");
    }
  }

  private void crop() {
    switch (data.crop()) {
      case GRID -> {
        if (data.window().isPresent()) {
          problems.add("data.window", "needs data.crop: random");
        }
      }
      case RANDOM -> {
        if (data.window().isEmpty()) {
          problems.add("data.window", "is required, as data.crop is random");
        }
      }
    }
    data.window().ifPresent(window -> window("data.window", window));
  }

  private void window(String path, int window) {
    if (window > data.patch()) {
      problems.add(path, "must be no larger than data.patch %d, found %d", data.patch(), window);
    }
    if (window % scale != 0) {
      problems.add(path, "must be a multiple of task.scale %d, found %d", scale, window);
    }
    if (window / scale < SpecChecks.LEAST_INPUT_PATCH) {
      int least = SpecChecks.LEAST_INPUT_PATCH * scale;
      problems.add(path, "must be at least %d at scale %d, found %d", least, scale, window);
    }
  }

  private void training(String path, TrainingSettings settings) {
    decayAt(path + ".decayAt", settings.decayAt());
    if (settings.betas().size() != BETAS) {
      problems.add(path + ".betas", "must be two numbers, found %s", settings.betas());
    }
    if (settings.warmUp() >= settings.steps()) {
      problems.add(
          path + ".warmUp",
          "must be shorter than steps %d, found %d",
          settings.steps(),
          settings.warmUp());
    }
    course(path, settings);
    progressive(path + ".progressive", settings.progressive());
  }

  private void course(String path, TrainingSettings settings) {
    if (settings.leastRate() > settings.learningRate()) {
      problems.add(
          path + ".leastRate",
          "must be no more than learningRate %s, found %s",
          settings.learningRate(),
          settings.leastRate());
    }
    if (settings.schedule() == RateCourse.Shape.STEP) {
      ofCosine(path + ".leastRate", settings.leastRate());
      ofCosine(path + ".cosineFrom", settings.cosineFrom());
    }
  }

  private void ofCosine(String path, double value) {
    if (value != 0) {
      problems.add(path, "needs schedule: cosine");
    }
  }

  private void decayAt(String path, List<Double> fractions) {
    double last = 0;
    for (double fraction : fractions) {
      if (!(fraction > last && fraction < 1)) {
        problems.add(path, "must ascend between 0 and 1, found %s", fractions);
        return;
      }
      last = fraction;
    }
  }

  private void progressive(String path, List<ProgressiveSpan> spans) {
    if (spans.isEmpty()) {
      return;
    }
    if (data.crop() == Crop.GRID) {
      problems.add(path, "needs data.crop: random");
    }
    double last = -1;
    for (int i = 0; i < spans.size(); i++) {
      ProgressiveSpan span = spans.get(i);
      String element = SpecPath.element(path, i);
      if (i == 0 && span.from() != 0) {
        problems.add(element + ".from", "must be 0 for the first span, found %s", span.from());
      }
      if (span.from() <= last) {
        problems.add(element + ".from", "must be above %s, found %s", last, span.from());
      }
      window(element + ".window", span.window());
      last = span.from();
    }
  }
}
