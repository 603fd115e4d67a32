package org.distillgrid.jobs.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.distillgrid.jobs.plan.PretrainKey;
import org.distillgrid.jobs.plan.Trial;
import org.distillgrid.jobs.plan.TrialPlan;
import org.distillgrid.jobs.predict.PredictionPlan;
import org.distillgrid.jobs.run.estimate.CostEstimate;
import org.distillgrid.jobs.spec.EvaluationSet;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.spec.TeacherSpec;
import org.distillgrid.jobs.spec.TrainingSettings;
import org.distillgrid.kd.distill.TeacherUse;
import org.distillgrid.kd.perceptual.EncoderShape;

/** Prints what a run would do. */
final class PlanReport {
  private final RunSpec spec;
  private final TrialPlan plan;
  private final List<Trial> trials;
  private final TuningPlan tuning;
  private final PrintWriter out;

  PlanReport(RunSpec spec, TrialPlan plan, PrintWriter out) {
    this.spec = spec;
    this.plan = plan;
    this.trials = plan.expected();
    this.tuning = new TuningPlan(plan, spec.output().path());
    this.out = out;
  }

  void printSummary() {
    line("run", spec.name());
    line("task", spec.task().name() + " ×" + spec.task().scale());
    line("teacher", spec.teacher().map(this::teacher).orElse("none"));
    line("encoder", encoder());
    line(
        "trials",
        "%d (%d cells, %d merged, %d excluded%s)"
            .formatted(trials.size(), plan.cells(), plan.merged(), plan.excluded(), tuning.left()));
    axis("student", PlanReport::student);
    axis("bits", trial -> trial.cell().bits());
    axis("quantizer", trial -> trial.cell().quantizer().canonical());
    axis("method", this::method);
    axis("seed", trial -> trial.cell().seed());
    tuning.lines().forEach(text -> line("tuning", text));
    line("starts", starts());
    line("shared students", shared());
    line("training", training());
    line("predictions", new PredictionPlan(spec, plan).text());
    line("teacher passes", teacherPasses());
    line("test sets", testSets());
    line("output", spec.output().path());
    out.flush();
  }

  void printCosts(CostEstimate costs) {
    costs.lines().forEach(each -> line(each.about(), each.text()));
    out.flush();
  }

  void printTrials() {
    out.println();
    out.printf(
        "%-4s %-20s %-6s %-10s %-14s %s%n", "", "student", "bits", "quantizer", "method", "seed");
    int number = 1;
    for (Trial trial : trials) {
      out.printf(
          "%-4d %-20s %-6s %-10s %-14s %d%s%n",
          number,
          trial.cell().label(),
          trial.cell().bits(),
          trial.cell().quantizer().canonical(),
          tuning.method(trial),
          trial.cell().seed(),
          tuning.part(trial));
      number++;
    }
    out.flush();
  }

  private void line(String label, String text) {
    out.printf("%-16s %s%n", label, text);
  }

  private void axis(String label, Function<Trial, Object> part) {
    Map<Object, Long> counts =
        trials.stream()
            .collect(Collectors.groupingBy(part, LinkedHashMap::new, Collectors.counting()));
    line("  " + label, AxisLine.of(counts));
  }

  private static String student(Trial trial) {
    String model = trial.cell().student().text();
    if (trial.cell().label().equals(model)) {
      return model;
    }
    return model + " as " + trial.cell().label();
  }

  private String starts() {
    return trials.stream().map(PlanReport::start).distinct().collect(Collectors.joining("; "));
  }

  private static String start(Trial trial) {
    String label = trial.cell().label();
    String from = trial.from().weights().map(" from "::concat).orElse("");
    return switch (trial.from().start()) {
      case PRETRAINED -> label + " trained first at full precision" + from;
      case SCRATCH -> label + " from first values";
      case GIVEN -> label + from;
      case TEACHER -> label + " from the teacher's weights";
    };
  }

  private String method(Trial trial) {
    String method = tuning.spelling(trial);
    if (trial.label().equals(method)) {
      return method;
    }
    return method + " as " + trial.label();
  }

  private String teacher(TeacherSpec teacher) {
    Optional<String> weights = teacher.weights();
    if (weights.isPresent()) {
      return teacher.model() + ", weights from " + weights.get();
    }
    return trained(teacher.model(), teacher.train().settings());
  }

  private String encoder() {
    if (!plan.readsEncoder()) {
      return "none, as no method reads one";
    }
    Optional<String> weights = spec.encoder().weights();
    if (weights.isPresent()) {
      return "weights from " + weights.get();
    }
    return trained(EncoderShape.small().canonical(), spec.encoder().train().settings());
  }

  private String trained(String network, TrainingSettings settings) {
    return "%s, trained for %,d steps of %s"
        .formatted(network, settings.steps(), BatchText.of(settings, spec.data()));
  }

  private String shared() {
    List<PretrainKey> pretrained = plan.pretrained();
    if (pretrained.isEmpty()) {
      return "none";
    }
    long steps = spec.train().pretrain().settings().steps();
    return "%d at full precision, %,d steps each, %,d in all"
        .formatted(pretrained.size(), steps, steps * pretrained.size());
  }

  private String training() {
    long trained = trials.stream().filter(trial -> trial.cell().isTrained()).count();
    return "%d trials, %,d steps of %s each, %,d in all; %d calibrated only"
        .formatted(
            trained,
            spec.train().settings().steps(),
            BatchText.of(spec.train().settings(), spec.data()),
            trained * spec.train().settings().steps(),
            trials.size() - trained);
  }

  // One cohort a seed is the least, one trial a cohort the most that any cluster makes of it.
  private String teacherPasses() {
    List<Trial> taught = trials.stream().filter(PlanReport::runsTeacher).toList();
    if (taught.isEmpty()) {
      return "none";
    }
    long seeds = taught.stream().map(trial -> trial.cell().seed()).distinct().count();
    long steps = spec.train().settings().steps();
    return "%,d (one cohort a seed) to %,d (every trial alone)"
        .formatted(seeds * steps, taught.size() * steps);
  }

  private String testSets() {
    return spec.evaluate().sets().stream()
        .map(EvaluationSet::name)
        .collect(Collectors.joining(", "));
  }

  private static boolean runsTeacher(Trial trial) {
    return trial.cell().method().teacherUse() != TeacherUse.NONE && !trial.isPredicted();
  }
}
