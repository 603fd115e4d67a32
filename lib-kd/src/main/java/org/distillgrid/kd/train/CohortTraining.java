package org.distillgrid.kd.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.distillgrid.kd.nn.Pass;
import org.distillgrid.kd.perceptual.PerceptualEncoder;
import org.distillgrid.kd.perceptual.VqEncoder;
import org.distillgrid.kd.weights.Checkpoint;

/**
 * Trains the trials of a cohort in lock-step: one augmented batch and at most one teacher pass a
 * step, shared by all. No number of a trial depends on its companions, so its weights are the same
 * to the last bit whether it is trained alone or among others.
 */
public final class CohortTraining {
  private static final double NANOSECONDS = 1e9;
  private static final int QUARTERS = 4;

  private final CohortSetup setup;
  private final CohortListener listener;
  private final NDManager manager;
  private final BatchStream stream;
  private final Validation validation;
  private final Optional<FrozenTeacher> teacher;
  private final MapPictures pictures;
  private final MemberFactory factory;
  private final List<Member> members = new ArrayList<>();

  private CohortTraining(CohortSetup setup, CohortListener listener, NDManager manager) {
    this.setup = setup;
    this.listener = listener;
    this.manager = manager;
    this.stream =
        new BatchStream(setup.training(), setup.task(), setup.schedule().batches(), setup.seed());
    this.validation = new Validation(setup.validated(), setup.task(), setup.seed());
    this.teacher =
        setup.teacher().map(frozen -> new FrozenTeacher(frozen, setup.target(), manager));
    this.pictures = new MapPictures(setup, teacher, listener, manager);
    Optional<PerceptualEncoder> encoder =
        setup.encoder().map(weights -> VqEncoder.load(weights, "the encoder's weights", manager));
    this.factory = new MemberFactory(setup, teacher, encoder, stream, manager);
  }

  /**
   * Trains a cohort on the calling thread; waits while another training of this JVM runs.
   *
   * @param resume states that the listener was given before, by trial id; a trial that has one
   *     joins the lock-step at its step
   * @throws org.distillgrid.kd.error.GridException if the cohort as a whole cannot run; a failure
   *     of one trial goes to the listener instead
   */
  public static void run(
      TrainingDevice device,
      CohortSetup setup,
      Map<String, Checkpoint> resume,
      CohortListener listener) {
    TrainingSlot.exclusively(
        () -> {
          try (NDManager manager = device.open()) {
            run(manager, setup, resume, listener);
          }
          return null;
        });
  }

  /** Trains a cohort whose arrays all belong to a manager, one way or another. */
  static void run(
      NDManager manager,
      CohortSetup setup,
      Map<String, Checkpoint> resume,
      CohortListener listener) {
    new CohortTraining(setup, listener, manager).run(resume);
  }

  private void run(Map<String, Checkpoint> resume) {
    for (TrialSetup trial : setup.trials()) {
      attempt(trial, 0, () -> members.add(join(trial, resume.get(trial.id()))));
    }
    finishDone();
    long step = members.stream().mapToLong(Member::step).min().orElse(0);
    while (!members.isEmpty()) {
      train(step);
      step++;
      listener.stepEnded(step, setup.schedule().steps());
      mark(step);
      finishDone();
    }
  }

  private Member join(TrialSetup trial, Checkpoint state) {
    if (state != null) {
      return factory.resume(trial, state);
    }
    Member member = factory.start(trial);
    member.begin(validation);
    return member;
  }

  private void train(long step) {
    List<Member> due = members.stream().filter(member -> member.step() == step).toList();
    try (NDManager scratch = manager.newSubManager()) {
      long started = System.nanoTime();
      TaughtBatch batch = taught(step, due, scratch);
      double shared = (System.nanoTime() - started) / NANOSECONDS / due.size();
      for (Member member : due) {
        trainOne(member, batch, shared);
      }
    }
  }

  private TaughtBatch taught(long step, List<Member> due, NDManager scratch) {
    BatchStream.Batch batch = stream.training(step, scratch);
    Optional<NDArray> predicted = Optional.empty();
    if (due.stream().anyMatch(member -> member.teaching() == Teaching.PREDICTED)) {
      predicted = setup.predictions().map(made -> stream.predicted(step, made, scratch));
    }
    Optional<Pass> pass = Optional.empty();
    if (due.stream().anyMatch(member -> member.teaching() == Teaching.RUN)) {
      pass = teacher.map(frozen -> frozen.pass(batch.input()));
    }
    return new TaughtBatch(batch, predicted, pass);
  }

  private void trainOne(Member member, TaughtBatch batch, double sharedSeconds) {
    long started = System.nanoTime();
    attempt(member, () -> member.train(batch));
    member.spend(sharedSeconds + (System.nanoTime() - started) / NANOSECONDS);
  }

  private void mark(long step) {
    Schedule schedule = setup.schedule();
    boolean last = step >= schedule.steps();
    for (Member member : List.copyOf(members)) {
      if (member.step() == step && (last || step % schedule.validateEvery() == 0)) {
        attempt(member, () -> member.validate(validation));
        if (!last && members.contains(member) && endsQuarter(step)) {
          pictures.showUnderWay(member);
        }
      }
      if (member.step() == step && !last && step % schedule.checkpointEvery() == 0) {
        listener.checkpoint(member.trial().id(), step, member.state());
      }
    }
  }

  // Whether this validation is the first that a quarter of the updates lies before.
  private boolean endsQuarter(long step) {
    Schedule schedule = setup.schedule();
    long before = Math.max(0, step - schedule.validateEvery());
    return QUARTERS * step / schedule.steps() > QUARTERS * before / schedule.steps();
  }

  private void finishDone() {
    Iterator<Member> each = List.copyOf(members).iterator();
    while (each.hasNext()) {
      Member member = each.next();
      if (member.isDone()) {
        TrainedTrial trained = member.finish();
        pictures.show(member);
        listener.finished(trained);
        members.remove(member);
        member.close();
      }
    }
  }

  private void attempt(Member member, Runnable work) {
    attempt(
        member.trial(),
        member.step(),
        () -> {
          try {
            work.run();
          } catch (RuntimeException e) {
            members.remove(member);
            member.close();
            throw e;
          }
        });
  }

  private void attempt(TrialSetup trial, long step, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      listener.failed(trial.id(), step, e);
    }
  }
}
