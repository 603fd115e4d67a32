package org.distillgrid.jobs.shared;

import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.distillgrid.jobs.fleet.Fleet;
import org.distillgrid.jobs.fleet.RunInputs;
import org.distillgrid.jobs.folder.RunFiles;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.journal.FinishedResult;
import org.distillgrid.jobs.plan.EncoderKey;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.worker.EncoderWeights;
import org.distillgrid.jobs.worker.Subject;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.perceptual.EncoderShape;
import org.distillgrid.kd.perceptual.VqEncoder;
import org.distillgrid.kd.train.Schedule;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.Safetensors;
import org.distillgrid.kd.weights.WeightHash;
import org.distillgrid.kd.weights.file.Checkpoints;
import org.distillgrid.kd.weights.file.TakenWeights;
import org.distillgrid.kd.weights.file.WeightPath;

/** Puts the encoder of a run into its folder, taken from a checkpoint or trained. */
public final class EncoderJob {
  private final RunInputs inputs;
  private final RunSpec spec;
  private final RunFolder run;
  private final RunFiles files;
  private final KeptNetwork<EncoderState> kept;
  private final Fleet fleet;
  private final Consumer<String> messages;

  private EncoderJob(RunInputs inputs, Fleet fleet, Consumer<String> messages) {
    this.inputs = inputs;
    this.spec = inputs.spec();
    this.run = inputs.run();
    this.files = run.files();
    this.kept =
        new KeptNetwork<>(
            files,
            run.at(run.encoder().weights()),
            run.encoder().state(),
            EncoderState.class,
            "Encoder");
    this.fleet = fleet;
    this.messages = messages;
  }

  /**
   * Returns the checkpoint that a spec gives its encoder, if it does, without what is none of the
   * encoder's; whoever asks first of all refuses one that does not fit before any work is done.
   *
   * @param messages takes a line where the file holds more than one network
   * @throws GridException if the checkpoint cannot be read or lacks a tensor
   */
  public static Optional<Checkpoint> given(
      RunSpec spec, RunFiles files, Consumer<String> messages) {
    return spec.encoder().weights().map(source -> only(source, files, messages));
  }

  private static Checkpoint only(String source, RunFiles files, Consumer<String> messages) {
    WeightPath where = WeightPath.of(source, name -> files.exists(new Path(name)));
    byte[] content = files.required(new Path(where.file()));
    TakenWeights taken = Checkpoints.take(content, where, VqEncoder::mayBeIn);
    taken.line().ifPresent(messages);
    return VqEncoder.only(taken.checkpoint(), source);
  }

  /**
   * Puts the encoder into the run folder, or finds that it is there.
   *
   * @param given what {@link #given} returned
   * @param messages takes the summary, a line at a time
   * @throws GridException if the training fails, or nothing can be written
   */
  public static EncoderWeights run(
      RunInputs inputs, Optional<Checkpoint> given, Fleet fleet, Consumer<String> messages) {
    EncoderJob job = new EncoderJob(inputs, fleet, messages);
    return given.map(job::take).orElseGet(job::train).weights(inputs.run());
  }

  private EncoderState take(Checkpoint weights) {
    String source = spec.encoder().weights().orElseThrow();
    String hash = WeightHash.of(weights.tensors());
    String name = VqEncoder.name(weights, source);
    EncoderState state = new EncoderState(hash, name, hash, source, 0, 0);
    if (kept.find(state.key(), messages).isPresent()) {
      messages.accept("Encoder is there: " + name + " of " + source);
      return state;
    }
    kept.replace(weights, state);
    messages.accept("Encoder taken: " + name + " of " + source);
    return state;
  }

  private EncoderState train() {
    String name = EncoderShape.small().canonical();
    Schedule schedule = spec.encoder().train().schedule();
    String id = key(name, schedule).id(inputs.data());
    Optional<EncoderState> earlier = kept.find(id, messages);
    if (earlier.isPresent()) {
      messages.accept("Encoder is there: " + name + ", trained before");
      return earlier.get();
    }
    SoloStage stage = new SoloStage(run.encoder(), id, new Subject.Encoder(), schedule.steps());
    FinishedResult result =
        stage
            .train(inputs.withoutTeacher(schedule), fleet)
            .either(
                finished -> finished,
                failed -> {
                  throw GridException.of(
                      ErrorCode.TRAINING, "Cannot train the encoder: %s", failed.error());
                });
    Path trained = run.at(result.weights());
    EncoderState state =
        new EncoderState(
            id, name, result.weightHash(), "trained", result.steps(), result.seconds());
    kept.replace(Safetensors.read(files.required(trained), trained.toString()), state);
    messages.accept(
        String.format(
            "Encoder trained: %s, %d steps, %.0f s", name, state.steps(), state.seconds()));
    return state;
  }

  private EncoderKey key(String name, Schedule schedule) {
    int validatePatches = spec.train().validatePatches();
    return new EncoderKey(
        name, SoloStage.SEED, schedule, validatePatches, spec.cluster().threads());
  }
}
