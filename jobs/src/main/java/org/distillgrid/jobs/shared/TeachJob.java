package org.distillgrid.jobs.shared;

import ai.djl.Device;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.distillgrid.jobs.fleet.Fleet;
import org.distillgrid.jobs.fleet.RunInputs;
import org.distillgrid.jobs.folder.JsonFiles;
import org.distillgrid.jobs.folder.RunFiles;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.journal.FinishedResult;
import org.distillgrid.jobs.plan.PretrainKey;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.spec.TeacherSpec;
import org.distillgrid.jobs.worker.CohortOrder;
import org.distillgrid.jobs.worker.EvaluationImage;
import org.distillgrid.jobs.worker.Subject;
import org.distillgrid.jobs.worker.TeacherWeights;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.eval.LoadedNetwork;
import org.distillgrid.kd.model.ModelFit;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.Safetensors;
import org.distillgrid.kd.weights.WeightHash;
import org.distillgrid.kd.weights.file.Checkpoints;
import org.distillgrid.kd.weights.file.TakenWeights;
import org.distillgrid.kd.weights.file.WeightPath;

/** Puts the teacher of a run into its folder, taken from a checkpoint or trained. */
public final class TeachJob {
  private final RunInputs inputs;
  private final RunSpec spec;
  private final RunFolder run;
  private final RunFiles files;
  private final JsonFiles json;
  private final KeptNetwork<TeacherState> kept;
  private final Fleet fleet;
  private final Consumer<String> messages;

  private TeachJob(RunInputs inputs, Fleet fleet, Consumer<String> messages) {
    this.inputs = inputs;
    this.spec = inputs.spec();
    this.run = inputs.run();
    this.files = run.files();
    this.json = new JsonFiles(files);
    this.kept =
        new KeptNetwork<>(
            files,
            run.at(run.teacher().weights()),
            run.teacher().state(),
            TeacherState.class,
            "Teacher");
    this.fleet = fleet;
    this.messages = messages;
  }

  /**
   * Puts the teacher into the run folder, or finds that it is there.
   *
   * @param inputs the run, its teacher not yet known
   * @param given what {@link #given} returned
   * @param messages takes the summary, a line at a time
   * @return the teacher; {@link TeacherWeights#NONE} if the spec has none
   * @throws GridException if the training fails, or nothing can be written
   */
  public static TeacherWeights run(
      RunInputs inputs, Optional<Checkpoint> given, Fleet fleet, Consumer<String> messages) {
    return new TeachJob(inputs, fleet, messages).run(given);
  }

  /**
   * Returns the checkpoint that a spec gives its teacher, if it does; whoever asks first of all
   * refuses one that does not fit before any work is done for it.
   *
   * @param messages takes a line where the file holds more than the teacher
   * @throws GridException if the checkpoint cannot be read or is of another architecture
   */
  public static Optional<Checkpoint> given(
      RunSpec spec, RunFiles files, Consumer<String> messages) {
    return spec.teacher()
        .flatMap(TeacherSpec::weights)
        .map(source -> fitting(spec, source, files, messages));
  }

  /**
   * Scores what trials are compared with, or finds that this was done.
   *
   * @param inputs the run with its teacher and its test images
   * @throws GridException if an image cannot be read, or nothing can be written
   */
  public static ReferenceScores references(
      RunInputs inputs, Fleet fleet, Consumer<String> messages) {
    return new TeachJob(inputs, fleet, messages).references();
  }

  private TeacherWeights run(Optional<Checkpoint> given) {
    if (spec.teacher().isEmpty()) {
      messages.accept("No teacher");
      return TeacherWeights.NONE;
    }
    TeacherSpec wanted = spec.teacher().get();
    if (given.isPresent()) {
      return take(wanted, given.get()).weights(run);
    }
    return train(wanted).weights(run);
  }

  private TeacherState take(TeacherSpec wanted, Checkpoint weights) {
    String source = wanted.weights().orElseThrow();
    String hash = WeightHash.of(weights.tensors());
    TeacherState state = new TeacherState(hash, wanted.model(), hash, source, 0, 0);
    if (kept.find(state.key(), messages).isPresent()) {
      messages.accept("Teacher is there: " + wanted.model() + " of " + source);
      return state;
    }
    kept.replace(weights, state);
    messages.accept("Teacher taken: " + wanted.model() + " of " + source);
    return state;
  }

  // Refuses a checkpoint of another architecture, and drops tensors that the network does not have.
  private static Checkpoint fitting(
      RunSpec spec, String source, RunFiles files, Consumer<String> messages) {
    String model = spec.teacher().orElseThrow().model();
    ModelTarget target = new ModelTarget(spec.data().channels(), spec.task().scale());
    ModelFit fit = ModelFit.of(model, target);
    WeightPath where = WeightPath.of(source, name -> files.exists(new Path(name)));
    TakenWeights taken = Checkpoints.take(files.required(new Path(where.file())), where, fit);
    taken.line().ifPresent(messages);
    fit.require(taken);
    try (LoadedNetwork loaded =
        LoadedNetwork.open(model, target, taken.checkpoint(), source, Device.cpu())) {
      return loaded.network().checkpoint();
    }
  }

  private TeacherState train(TeacherSpec wanted) {
    PretrainKey key = key(wanted);
    String id = key.id(inputs.data());
    Optional<TeacherState> earlier = kept.find(id, messages);
    if (earlier.isPresent()) {
      messages.accept("Teacher is there: " + wanted.model() + ", trained before");
      return earlier.get();
    }
    SoloStage stage =
        new SoloStage(run.teacher(), id, new Subject.Student(key.cell()), wanted.train().steps());
    FinishedResult result =
        stage
            .train(inputs.withoutTeacher(wanted.train().schedule()), fleet)
            .either(
                finished -> finished,
                failed -> {
                  throw GridException.of(
                      ErrorCode.TRAINING,
                      "Cannot train teacher %s: %s",
                      wanted.model(),
                      failed.error());
                });
    Path trained = run.at(result.weights());
    byte[] content = files.required(trained);
    TeacherState state =
        new TeacherState(
            id, wanted.model(), result.weightHash(), "trained", result.steps(), result.seconds());
    kept.replace(Safetensors.read(content, trained.toString()), state);
    messages.accept(
        String.format(
            "Teacher trained: %s, %d steps, %.0f s",
            state.model(), state.steps(), state.seconds()));
    return state;
  }

  // A teacher is trained as a shared student is; its own seed is 0 whatever the grid's seeds are.
  private PretrainKey key(TeacherSpec wanted) {
    return new PretrainKey(
        spec.task().name(),
        spec.task().scale(),
        spec.data().channels(),
        inputs.catalog().model(wanted.model()),
        SoloStage.SEED,
        wanted.train().schedule(),
        spec.train().validatePatches(),
        spec.cluster().threads());
  }

  private ReferenceScores references() {
    Path path = run.references();
    List<String> images = inputs.images().stream().map(EvaluationImage::location).toList();
    Optional<ReferenceScores> earlier =
        json.read(path, ReferenceScores.class)
            .filter(scores -> scores.teacherHash().equals(inputs.teacher().hash()))
            .filter(scores -> scores.images().equals(images));
    if (earlier.isPresent()) {
      return earlier.get();
    }
    CohortOrder.Work work = inputs.trials(java.util.Map.of());
    Fleet.References scored = fleet.references(work);
    ReferenceScores scores =
        new ReferenceScores(inputs.teacher().hash(), images, scored.teacher(), scored.bicubic());
    json.write(path, scores);
    messages.accept("References scored: " + images.size() + " test images");
    return scores;
  }
}
