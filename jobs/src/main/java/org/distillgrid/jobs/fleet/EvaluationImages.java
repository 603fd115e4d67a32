package org.distillgrid.jobs.fleet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.cluster.JobNames;
import org.distillgrid.jobs.cluster.LongTasks;
import org.distillgrid.jobs.fleet.FoundSet.SetFile;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.input.Patience;
import org.distillgrid.jobs.spec.EvaluationSet;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.spec.StudentSpec;
import org.distillgrid.jobs.spec.TeacherSpec;
import org.distillgrid.jobs.table.RejectedInput;
import org.distillgrid.jobs.worker.CheckedImage;
import org.distillgrid.jobs.worker.EvaluationImage;
import org.distillgrid.jobs.worker.ImageCheck;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.task.Task;
import org.distillgrid.kd.task.Tasks;

/**
 * The test images of a run, each of which has been read from end to end.
 *
 * @param usable those that trials are scored on, in the order of the sets and of their file names
 * @param pixels of all of them, as restored
 * @param checksums SHA-256 of their bytes in hexadecimal, by location; of pairs, both sides
 * @param rejected what the sets hold beside them
 */
public record EvaluationImages(
    List<EvaluationImage> usable,
    long pixels,
    Map<String, String> checksums,
    List<RejectedInput> rejected) {
  /** Those of a run that has no test sets. */
  public static final EvaluationImages NONE =
      new EvaluationImages(List.of(), 0, Map.of(), List.of());

  private static final int TASKS_IN_SLOT = 4;

  /** Takes unmodifiable copies. */
  public EvaluationImages {
    usable = List.copyOf(usable);
    checksums = Map.copyOf(checksums);
    rejected = List.copyOf(rejected);
  }

  /**
   * Finds the images of all sets and reads each on the executors.
   *
   * @param messages takes a line for each image that is left out
   * @throws GridException if a set has none, or one cannot be used and the spec does not say that
   *     it may be left out; the message then names every such image
   */
  public static EvaluationImages of(
      SparkSession session, RunSpec spec, RunFolder run, Consumer<String> messages) {
    List<CheckedImage> checked = new ArrayList<>();
    for (EvaluationSet set : spec.evaluate().sets()) {
      FoundSet found = FoundSet.of(run.files(), set);
      checked.addAll(readable(session, spec, run, set, found.files()));
      checked.addAll(found.misfits());
    }
    warn(checked, messages);
    List<RejectedInput> rejected =
        checked.stream().filter(image -> !image.usable()).map(EvaluationImages::row).toList();
    if (!rejected.isEmpty()) {
      switch (spec.evaluate().onBadImage()) {
        case REFUSE -> throw refused(rejected);
        case SKIP -> skip(spec.evaluate().sets(), checked, messages);
      }
    }
    return usable(checked, rejected);
  }

  private static List<CheckedImage> readable(
      SparkSession session, RunSpec spec, RunFolder run, EvaluationSet set, List<SetFile> files) {
    Task task = Tasks.of(spec.task().name(), spec.task().scale());
    ImageCheck check =
        new ImageCheck(
            run,
            task,
            set.judgement(task.judgement()),
            spec.data().channels(),
            leastSide(spec),
            spec.data().maxPixels(),
            Patience.STANDARD);
    if (files.isEmpty()) {
      return List.of();
    }
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    int tasks = Math.min(files.size(), spark.defaultParallelism() * TASKS_IN_SLOT);
    return JobNames.of(session)
        .within(
            "prepare: check test images of " + set.name(),
            () ->
                LongTasks.of(spark, spark.parallelize(files, tasks))
                    .map(file -> check.of(file.image(), file.bytes(), file.input()))
                    .collect());
  }

  private static int leastSide(RunSpec spec) {
    Stream<String> teacher = spec.teacher().map(TeacherSpec::model).stream();
    return Stream.concat(teacher, spec.grid().student().stream().map(StudentSpec::model))
        .mapToInt(Network::leastSide)
        .max()
        .orElse(1);
  }

  private static void warn(List<CheckedImage> checked, Consumer<String> messages) {
    checked.stream()
        .filter(image -> image.usable() && image.checksum().equals(image.inputChecksum()))
        .forEach(
            image ->
                messages.accept(
                    "warning: %s is input and target at once".formatted(image.image().location())));
  }

  private static RejectedInput row(CheckedImage bad) {
    EvaluationImage image = bad.image();
    return new RejectedInput(image.dataset(), image.location(), bad.reason(), bad.bytes());
  }

  private static GridException refused(List<RejectedInput> rejected) {
    return GridException.of(
        ErrorCode.INPUT,
        "Cannot evaluate: %d test images cannot be used (evaluate.onBadImage=skip leaves them"
            + " out)%n  %s",
        rejected.size(),
        rejected.stream()
            .map(EvaluationImages::line)
            .collect(Collectors.joining(System.lineSeparator() + "  ")));
  }

  private static void skip(
      List<EvaluationSet> sets, List<CheckedImage> checked, Consumer<String> messages) {
    checked.stream()
        .filter(image -> !image.usable())
        .forEach(image -> messages.accept("left out: " + line(row(image))));
    for (EvaluationSet set : sets) {
      List<CheckedImage> ofSet =
          checked.stream().filter(image -> image.image().dataset().equals(set.name())).toList();
      if (ofSet.stream().noneMatch(CheckedImage::usable)) {
        throw GridException.of(
            ErrorCode.INPUT,
            "Cannot evaluate on %s: none of %d images is usable (%s)",
            set.name(),
            ofSet.size(),
            line(row(ofSet.get(0))));
      }
    }
  }

  private static String line(RejectedInput row) {
    return row.path() + ": " + row.reason();
  }

  private static EvaluationImages usable(List<CheckedImage> checked, List<RejectedInput> rejected) {
    List<EvaluationImage> images = new ArrayList<>();
    long pixels = 0;
    Map<String, String> checksums = new TreeMap<>();
    for (CheckedImage each : checked) {
      if (each.usable()) {
        images.add(each.image());
        pixels += each.pixels();
        if (!each.image().input().isEmpty()) {
          checksums.put(each.image().input(), each.inputChecksum());
        }
        checksums.put(each.image().location(), each.checksum());
      }
    }
    return new EvaluationImages(images, pixels, checksums, rejected);
  }
}
