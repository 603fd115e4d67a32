package org.distillgrid.jobs.worker;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.spark.TaskContext;
import org.distillgrid.jobs.cluster.AssignedDevice;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.jobs.table.PatchStore;
import org.distillgrid.jobs.table.PreparedData;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.perceptual.EncoderShape;
import org.distillgrid.kd.task.Task;
import org.distillgrid.kd.task.Tasks;
import org.distillgrid.kd.train.CohortSetup;
import org.distillgrid.kd.train.CohortTraining;
import org.distillgrid.kd.train.PatchSource;
import org.distillgrid.kd.train.TrainingDevice;
import org.distillgrid.kd.train.TrialSetup;
import org.distillgrid.kd.train.encoder.EncoderSetup;
import org.distillgrid.kd.train.encoder.EncoderTraining;
import org.distillgrid.kd.weights.Checkpoint;

/**
 * Trains one cohort on the device of the Spark task that it runs in. Whatever happens to a member
 * is a result; the task fails only with its process.
 */
public final class CohortTask {
  private final CohortOrder order;
  private final CohortOrder.Work work;
  private final RunFolder run;
  private final List<TrialSetup> trials;

  private CohortTask(CohortOrder order) {
    this.order = order;
    this.work = order.work();
    this.run = order.work().run();
    this.trials = order.members().stream().flatMap(member -> member.trial().stream()).toList();
  }

  /** Returns the result of every member that has ended. */
  public static List<TrialResult> run(CohortOrder order) {
    TaskContext context = TaskContext.get();
    AssignedDevice assigned = AssignedDevice.ofTask();
    // A task that Spark runs again must not write where its lost twin may still be writing.
    String attempt = order.attempt() + "-" + context.attemptNumber();
    return new CohortTask(order).run(assigned, attempt, context::isInterrupted);
  }

  private List<TrialResult> run(AssignedDevice assigned, String attempt, BooleanSupplier stopped) {
    TrainingDevice device = TrainingDevice.of(assigned.gpuAddresses(), work.threads());
    Map<String, AttemptFolder> attempts = new LinkedHashMap<>();
    order.members().forEach(each -> attempts.put(each.id(), each.attempt(run, attempt)));
    Provenance provenance = Provenance.of(device, assigned.slot(), work.teacher().hash());
    Task task = Tasks.of(work.task().name(), work.task().scale());
    EvaluationSets sets = new EvaluationSets(work, task, device);
    AttemptListener listener =
        new AttemptListener(
            attempts, provenance, sets::score, new StudentCosts(target(), trials), stopped);
    try (PatchStore training = PatchStore.open(run, PreparedData.TRAIN, work.data());
        PatchStore validation = PatchStore.open(run, PreparedData.VALID, work.data())) {
      PatchSource chosen = new ChosenPatches(validation, work.validatePatches());
      if (!trials.isEmpty()) {
        CohortTraining.run(device, setup(task, training, chosen), states(), listener);
      }
      trainEncoders(device, task, training, chosen, listener);
    } catch (RuntimeException e) {
      listener.failRest(e);
    }
    return listener.results();
  }

  private void trainEncoders(
      TrainingDevice device,
      Task task,
      PatchSource training,
      PatchSource validation,
      AttemptListener listener) {
    Map<String, Checkpoint> states = states();
    for (CohortMember member : order.members()) {
      if (member.trial().isPresent()) {
        continue;
      }
      EncoderSetup setup =
          new EncoderSetup(
              member.id(),
              EncoderShape.small(),
              task,
              order.seed(),
              work.schedule(),
              training,
              validation);
      Optional<Checkpoint> state = Optional.ofNullable(states.get(member.id()));
      EncoderTraining.run(device, setup, state, listener);
    }
  }

  private CohortSetup setup(Task task, PatchSource training, PatchSource validation) {
    Map<String, Checkpoint> initial = new HashMap<>();
    for (TrialSetup trial : trials) {
      String path = work.initial().get(CohortOrder.initialKey(trial.cell()));
      if (path != null) {
        initial.computeIfAbsent(trial.cell().student().text(), absent -> run.checkpoint(path));
      }
    }
    return new CohortSetup(
        task,
        target(),
        order.seed(),
        work.schedule(),
        work.calibrationBatches(),
        training,
        validation,
        teacher(),
        initial,
        encoder(),
        trials);
  }

  private ModelTarget target() {
    return new ModelTarget(work.channels(), work.task().scale());
  }

  private Optional<CohortSetup.Teacher> teacher() {
    TeacherWeights teacher = work.teacher();
    if (!teacher.present()) {
      return Optional.empty();
    }
    return Optional.of(new CohortSetup.Teacher(teacher.model(), run.checkpoint(teacher.path())));
  }

  private Optional<Checkpoint> encoder() {
    boolean read = trials.stream().anyMatch(trial -> trial.cell().method().readsEncoder());
    if (!read || !work.encoder().present()) {
      return Optional.empty();
    }
    return Optional.of(run.checkpoint(work.encoder().path()));
  }

  private Map<String, Checkpoint> states() {
    Map<String, Checkpoint> states = new HashMap<>();
    for (CohortMember member : order.members()) {
      new Attempts(run, member)
          .newestCheckpoint()
          .ifPresent(state -> states.put(member.id(), state));
    }
    return states;
  }
}
