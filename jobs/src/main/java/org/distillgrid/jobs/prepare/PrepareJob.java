package org.distillgrid.jobs.prepare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.cluster.JobNames;
import org.distillgrid.jobs.fleet.EvaluationImages;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.input.Patience;
import org.distillgrid.jobs.prepare.InputFile.Origin;
import org.distillgrid.jobs.prepare.SplitPlan.Validation;
import org.distillgrid.jobs.spec.DataSpec;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.spec.TaskSpec;
import org.distillgrid.jobs.table.DataStaging;
import org.distillgrid.jobs.table.PreparedData;
import org.distillgrid.jobs.table.RejectedInput;
import org.distillgrid.jobs.table.TableName;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.task.Task;
import org.distillgrid.kd.task.Tasks;

/** Fills the patch table of a run from the images that its spec names. */
public final class PrepareJob {
  private final SparkSession session;
  private final JavaSparkContext spark;
  private final DataSpec data;
  private final TaskSpec task;
  private final RunFolder run;
  private final EvaluationImages tests;
  private final Consumer<String> messages;
  private final PreparationIdentity identity;

  private PrepareJob(
      SparkSession session,
      DataSpec data,
      TaskSpec task,
      RunFolder run,
      EvaluationImages tests,
      Consumer<String> messages) {
    this.session = session;
    this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    this.data = data;
    this.task = task;
    this.run = run;
    this.tests = tests;
    this.messages = messages;
    this.identity = new PreparationIdentity(data, task);
  }

  /**
   * Prepares a run, or finds that it is prepared already.
   *
   * @param tests the run's test images, which are not trained on; what is wrong with others of
   *     their sets becomes rows
   * @param messages takes progress and summary, a line at a time
   * @return what the patch table holds
   * @throws GridException if no image is left, if a training image is a validation or test image
   *     too, if the run was prepared from other images or with other parameters, or if nothing can
   *     be written
   */
  public static PreparedData run(
      SparkSession session,
      RunSpec spec,
      RunFolder run,
      EvaluationImages tests,
      Consumer<String> messages) {
    return new PrepareJob(session, spec.data(), spec.task(), run, tests, messages).run();
  }

  /** Prepares a run as above, after a look at the test images of its spec. */
  public static PreparedData run(
      SparkSession session, RunSpec spec, RunFolder run, Consumer<String> messages) {
    return run(session, spec, run, EvaluationImages.of(session, spec, run, messages), messages);
  }

  /** Prepares a run as above, from the parts of a spec that patches are made of. */
  public static PreparedData run(
      SparkSession session,
      DataSpec data,
      TaskSpec task,
      RunFolder run,
      Consumer<String> messages) {
    return new PrepareJob(session, data, task, run, EvaluationImages.NONE, messages).run();
  }

  private PreparedData run() {
    InputListing listing = new InputListing(run.files());
    data.train().forEach(entry -> listing.add(Origin.TRAIN, entry));
    data.validate().forEach(entry -> listing.add(Origin.VALIDATE, entry));
    FileChecks checks = FileChecks.of(spark, run, listing.files());
    List<RejectedInput> rejected = new ArrayList<>(listing.folders());
    rejected.addAll(checks.rejected());
    String inputs = identity.inputs(checks.readable(), rejected);
    Optional<PreparedData> earlier =
        PreparedData.read(run).filter(state -> run.files().exists(run.patches()));
    if (earlier.isPresent()) {
      return reuse(earlier.get(), inputs);
    }
    Overlap overlap = new Overlap(checks.readable());
    overlap.refuseValidation(checks.readable());
    overlap.refuseTest(tests.checksums());
    warn(checks.readable());
    DistinctFiles distinct = DistinctFiles.of(checks.readable());
    rejected.addAll(listing.others());
    rejected.addAll(distinct.repeated());
    return write(distinct.kept(), rejected, inputs);
  }

  private void warn(List<CheckedFile> readable) {
    List<CheckedFile> same = readable.stream().filter(CheckedFile::isItsOwnInput).toList();
    if (!same.isEmpty()) {
      messages.accept(
          ("warning: in %d pairs input and target hold the same, and there is nothing to restore"
                  + " (first: %s)")
              .formatted(same.size(), same.get(0).file().location()));
    }
  }

  private PreparedData write(
      List<CheckedFile> distinct, List<RejectedInput> rejected, String inputs) {
    try (DataStaging staging = DataStaging.open(session, run)) {
      SplitPlan plan = patches(staging, distinct, rejected);
      rejected.addAll(tests.rejected());
      writeRejected(staging, rejected);
      PreparedData state = state(staging, plan, inputs, rejected.size());
      staging.install(TableName.PATCHES, run.patches());
      staging.install(TableName.REJECTED_INPUTS, run.rejectedInputs());
      state.write(run);
      messages.accept(summary("Prepared", state));
      return state;
    }
  }

  private PreparedData reuse(PreparedData earlier, String inputs) {
    if (!earlier.inputs().equals(inputs)) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot reuse %s: %s (name another output.path, or delete the folder)",
          run.data(),
          earlier.changed(identity.parameters()).orElse("images changed"));
    }
    messages.accept(summary("Already prepared", earlier));
    return earlier;
  }

  // An image that cannot be decoded is known only after the split was planned. Usually the others
  // keep their split; only when a split has lost all its images everything is planned anew.
  private SplitPlan patches(
      DataStaging staging, List<CheckedFile> readable, List<RejectedInput> rejected) {
    List<CheckedFile> usable = new ArrayList<>(readable);
    PatchWriter writer = new PatchWriter(spark, run, cutter(), messages);
    while (!usable.isEmpty()) {
      SplitPlan plan = plan(usable, rejected);
      Map<String, RejectedInput> fresh = writer.write(staging, plan);
      rejected.addAll(fresh.values());
      usable.removeIf(image -> fresh.containsKey(image.file().key()));
      SplitPlan left = plan.without(fresh.keySet());
      if (left.images(PreparedData.TRAIN) > 0 && left.images(PreparedData.VALID) > 0) {
        return left;
      }
      staging.discard(TableName.PATCHES);
    }
    throw nothingLeft(rejected, "");
  }

  private SplitPlan plan(List<CheckedFile> usable, List<RejectedInput> rejected) {
    Validation validation = Validation.of(data);
    try {
      return SplitPlan.of(usable, validation);
    } catch (GridException e) {
      if (rejected.isEmpty()) {
        throw e;
      }
      throw nothingLeft(rejected, "; " + validation.missing());
    }
  }

  private static GridException nothingLeft(List<RejectedInput> rejected, String why) {
    RejectedInput first = rejected.get(0);
    return GridException.of(
        ErrorCode.INPUT,
        "Cannot prepare patches: %d files rejected%s (first: %s: %s)",
        rejected.size(),
        why,
        first.path(),
        first.reason());
  }

  private void writeRejected(DataStaging staging, List<RejectedInput> rejected) {
    staging.write(
        "prepare: list rejected inputs",
        TableName.REJECTED_INPUTS,
        RejectedInput.COLUMNS
            .frame(session, rejected)
            .coalesce(1)
            .sortWithinPartitions("dataset", "path"));
  }

  private PreparedData state(DataStaging staging, SplitPlan plan, String inputs, int rejected) {
    SortedMap<String, Long> patches = new TreeMap<>();
    List<Row> counts =
        JobNames.of(session)
            .within(
                "prepare: count patches",
                () -> staging.written(TableName.PATCHES).groupBy("split").count().collectAsList());
    for (Row row : counts) {
      patches.put(row.getString(0), row.getLong(1));
    }
    int images = (int) (plan.images(PreparedData.TRAIN) + plan.images(PreparedData.VALID));
    return new PreparedData(
        identity.patches(plan), inputs, identity.parameters(), images, rejected, patches);
  }

  private PatchCutter cutter() {
    Task degrading = Tasks.of(task.name(), task.scale());
    return new PatchCutter(
        degrading,
        degrading.channels(data.channels()),
        data.patch(),
        data.stride(),
        data.maxPixels(),
        Patience.STANDARD);
  }

  private static String summary(String verb, PreparedData state) {
    String splits =
        state.patches().entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue())
            .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "%s %d patches (%s) of %d images; %d files rejected",
        verb,
        state.totalPatches(),
        splits,
        state.images(),
        state.rejected());
  }
}
