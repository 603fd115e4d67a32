package org.distillgrid.jobs.shared;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.distillgrid.jobs.fleet.RunInputs;
import org.distillgrid.jobs.folder.SharedPlace;
import org.distillgrid.jobs.plan.PretrainKey;
import org.distillgrid.jobs.plan.StudentStart;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.spec.TeacherSpec;
import org.distillgrid.jobs.spec.TrainSpec;
import org.distillgrid.jobs.worker.CohortMember;
import org.distillgrid.jobs.worker.CohortOrder;
import org.distillgrid.kd.train.Schedule;
import org.distillgrid.kd.train.TrialSetup;
import org.distillgrid.kd.weights.Checkpoint;

/** The teacher: a model of the catalog, trained as a full-precision student is. */
final class TeacherRecipe implements Recipe {
  private final RunInputs inputs;
  private final TeacherSpec wanted;

  /** Takes the teacher of a run's spec, which has one. */
  TeacherRecipe(RunInputs inputs) {
    this.inputs = inputs;
    this.wanted = inputs.spec().teacher().orElseThrow();
  }

  @Override
  public SharedPlace place() {
    return inputs.run().teacher();
  }

  @Override
  public String called() {
    return "teacher " + wanted.model();
  }

  @Override
  public String nameField() {
    return "model";
  }

  @Override
  public Optional<String> source() {
    return wanted.weights();
  }

  @Override
  public String name(Checkpoint given) {
    return wanted.model();
  }

  @Override
  public String trainedName() {
    return wanted.model();
  }

  @Override
  public CohortOrder order(String freshAttempt) {
    Schedule schedule = wanted.train().settings().over(inputs.spec().data());
    PretrainKey key = key(schedule);
    String id = key.id(inputs.keys());
    TrialSetup setup = new TrialSetup(id, key.cell());
    CohortMember member =
        new CohortMember(setup, place().training(id).relative(), schedule.steps());
    return new CohortOrder(
        inputs.withoutTeacher(schedule, threads(), Map.of()), SEED, List.of(member), freshAttempt);
  }

  private PretrainKey key(Schedule schedule) {
    RunSpec spec = inputs.spec();
    return new PretrainKey(
        spec.task().name(),
        spec.task().scale(),
        spec.data().channels(),
        inputs.catalog().model(wanted.model()),
        new StudentStart(wanted.model(), TrainSpec.Start.PRETRAINED, ""),
        SEED,
        schedule,
        spec.train().validatePatches(),
        threads());
  }

  private int threads() {
    return inputs.spec().cluster().threadsOr(wanted.train().threads());
  }
}
