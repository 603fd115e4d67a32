package org.distillgrid.jobs.page;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.distillgrid.jobs.spec.EvaluationSet;
import org.distillgrid.jobs.spec.ImageSource;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.spec.StudentSpec;
import org.distillgrid.jobs.spec.TeacherSpec;
import org.distillgrid.jobs.spec.TrainingSettings;
import org.distillgrid.jobs.table.PreparedData;
import org.distillgrid.kd.task.Judgement;
import org.distillgrid.kd.task.Tasks;

/**
 * What was asked of a run, and what it took.
 *
 * @param data what became of the images, if they have been prepared
 * @param trials rows of the table {@code trials}
 */
record Asked(RunSpec spec, Optional<PreparedData> data, List<Row> trials) {
  private static final double HOUR = 3600;

  List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    entries.add(new Entry("Task", spec.task().name() + " ×" + spec.task().scale()));
    entries.add(new Entry("Learns from", sources(spec.data().train()) + prepared()));
    entries.add(
        new Entry(
            "Tested on", spec.evaluate().sets().stream().map(this::set).collect(joining("; "))));
    entries.add(new Entry("Teacher", spec.teacher().map(Asked::teacher).orElse("none")));
    entries.add(
        new Entry(
            "Students",
            spec.grid().student().stream().map(StudentSpec::label).collect(joining(", "))));
    entries.add(new Entry("Bits", String.join(", ", spec.grid().bits())));
    entries.add(new Entry("Quantisers", String.join(", ", spec.grid().quantizer())));
    entries.add(new Entry("Methods", String.join(", ", spec.grid().method())));
    entries.add(
        new Entry(
            "Seeds", spec.grid().seed().stream().map(String::valueOf).collect(joining(", "))));
    entries.add(new Entry("Each trial", training(spec.train().settings())));
    if (!trials.isEmpty()) {
      entries.add(new Entry("Took", took()));
    }
    return entries;
  }

  private static String sources(List<ImageSource> sources) {
    return sources.stream().map(Asked::source).collect(joining(", "));
  }

  private static String source(ImageSource source) {
    return source
        .path()
        .orElseGet(() -> source.input().orElse("") + " → " + source.target().orElse(""));
  }

  private String prepared() {
    return data.map(
            each ->
                String.format(
                    Locale.ROOT,
                    ": %,d images, %,d files rejected, %,d patches of %d×%d pixels",
                    each.images(),
                    each.rejected(),
                    each.totalPatches(),
                    spec.data().patch(),
                    spec.data().patch()))
        .orElse("");
  }

  private String set(EvaluationSet set) {
    Judgement judgement =
        set.judgement(Tasks.of(spec.task().name(), spec.task().scale()).judgement());
    return "%s (%s; PSNR and SSIM on %s, %d pixels cropped at each border)"
        .formatted(
            set.name(),
            source(set.images()),
            judgement.space().name().toLowerCase(Locale.ROOT),
            judgement.cropPixels());
  }

  private static String teacher(TeacherSpec teacher) {
    return teacher
        .weights()
        .map(file -> teacher.model() + ", taken from " + file)
        .orElseGet(
            () -> teacher.model() + ", trained here: " + training(teacher.train().settings()));
  }

  private static String training(TrainingSettings settings) {
    return String.format(
        Locale.ROOT,
        "%,d steps of %d patches at a rate of %s",
        settings.steps(),
        settings.batch(),
        settings.learningRate());
  }

  private String took() {
    double seconds = trials.stream().mapToDouble(row -> row.<Double>getAs("seconds")).sum();
    return String.format(
        Locale.ROOT,
        "%.2f hours of training on %s (%s)",
        seconds / HOUR,
        counted(distinct("slot").size()),
        String.join(", ", distinct("device")));
  }

  private static String counted(int slots) {
    if (slots == 1) {
      return "one device";
    }
    return slots + " devices";
  }

  private List<String> distinct(String column) {
    return trials.stream().map(row -> row.<String>getAs(column)).distinct().sorted().toList();
  }
}
