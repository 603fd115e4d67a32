package org.distillgrid.jobs.worker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.jobs.table.PatchStore;
import org.distillgrid.jobs.table.PredictionStore;
import org.distillgrid.jobs.table.PreparedData;
import org.distillgrid.kd.distill.TeacherUse;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.task.Task;
import org.distillgrid.kd.task.Tasks;
import org.distillgrid.kd.train.CohortSetup;
import org.distillgrid.kd.train.CohortTraining;
import org.distillgrid.kd.train.TrainingDevice;
import org.distillgrid.kd.train.TrialSetup;
import org.distillgrid.kd.train.patches.PatchSource;
import org.distillgrid.kd.weights.Checkpoint;

/**
 * Trains one cohort on the device of the Spark task that it runs in. Whatever happens to a member
 * is a result; the task fails only with its process.
 */
final class CohortTask {
  private final CohortOrder order;
  private final CohortOrder.Work work;
  private final RunFolder run;
  private final List<TrialSetup> trials;

  private CohortTask(CohortOrder order) {
    this.order = order;
    this.work = order.work();
    this.run = order.work().run();
    this.trials = order.members().stream().map(CohortMember::setup).toList();
  }

  /** Returns the result of every member that has ended. */
  static List<TrialResult> run(CohortOrder order) {
    return new CohortTask(order).run(Assignment.of(order));
  }

  private List<TrialResult> run(Assignment assignment) {
    TrainingDevice device = TrainingDevice.of(assignment.place().gpuAddresses(), work.threads());
    Task task = Tasks.of(work.task().name(), work.task().scale());
    Provenance provenance =
        Provenance.of(device, assignment.place().slot(), work.teacher()).judged(work.judging());
    try (EvaluationSets sets = new EvaluationSets(work, task, device)) {
      AttemptListener listener =
          new AttemptListener(
              assignment.folders(order, run),
              provenance(provenance),
              sets::score,
              new StudentCosts(target(), trials)::of,
              assignment.stopped());
      train(device, task, listener);
      return listener.results();
    }
  }

  private void train(TrainingDevice device, Task task, AttemptListener listener) {
    try (PatchStore training = PatchStore.open(run, PreparedData.TRAIN, work.data());
        PatchStore validation = PatchStore.open(run, PreparedData.VALID, work.data())) {
      PatchSource chosen = new ChosenPatches(validation, work.validatePatches());
      CohortSetup setup = predicted(setup(task, training, chosen));
      CohortTraining.run(device, setup, states(), listener);
    } catch (RuntimeException e) {
      listener.failRest(e);
    }
  }

  private Function<String, Provenance> provenance(Provenance taught) {
    Set<String> untaught =
        trials.stream()
            .filter(trial -> trial.cell().method().teacherUse() == TeacherUse.NONE)
            .map(TrialSetup::id)
            .collect(Collectors.toSet());
    Provenance alone = taught.withoutTeacher();
    return id -> {
      if (untaught.contains(id)) {
        return alone;
      }
      return taught;
    };
  }

  private CohortSetup setup(Task task, PatchSource training, PatchSource validation) {
    Map<String, Checkpoint> initial = new HashMap<>();
    for (TrialSetup trial : trials) {
      String path = work.initial().get(CohortOrder.initialKey(trial.cell()));
      if (path != null) {
        initial.computeIfAbsent(trial.cell().label(), absent -> run.checkpoint(path));
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
        teacher(work),
        initial,
        encoder(),
        trials);
  }

  private ModelTarget target() {
    return new ModelTarget(work.channels(), work.task().scale());
  }

  /** Returns the teacher of an order, which is read when it is first needed. */
  static Optional<CohortSetup.Teacher> teacher(CohortOrder.Work work) {
    NetworkWeights teacher = work.teacher();
    if (!teacher.present()) {
      return Optional.empty();
    }
    return Optional.of(
        new CohortSetup.Teacher(teacher.name(), () -> work.run().checkpoint(teacher.path())));
  }

  // Files are only opened where a member reads them.
  private CohortSetup predicted(CohortSetup setup) {
    boolean read =
        trials.stream().anyMatch(trial -> trial.cell().method().teacherUse() == TeacherUse.OUTPUT);
    KeptPredictions kept = work.predictions();
    if (!read || !kept.present()) {
      return setup;
    }
    return setup.withPredictions(PredictionStore.open(kept.place(), kept.set(), run.files()));
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
