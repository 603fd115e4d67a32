package org.distillgrid.jobs.shared;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.distillgrid.jobs.fleet.Fleet;
import org.distillgrid.jobs.fleet.RunInputs;
import org.distillgrid.jobs.fleet.Work;
import org.distillgrid.jobs.fleet.Workload;
import org.distillgrid.jobs.fleet.agenda.Cost;
import org.distillgrid.jobs.fleet.agenda.Item;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.journal.FailedResult;
import org.distillgrid.jobs.journal.FinishedResult;
import org.distillgrid.jobs.worker.Attempts;
import org.distillgrid.jobs.worker.NetworkWeights;
import org.distillgrid.jobs.worker.Training;
import org.distillgrid.jobs.worker.TrainingOrder;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.Safetensors;
import org.distillgrid.kd.weights.WeightHash;

/**
 * A network that all trials of a run share: taken from a checkpoint or trained, kept once in the
 * run folder, and valid by the state beside its weights.
 */
public final class SharedNetwork {
  private final RunFolder run;
  private final Recipe recipe;
  private final KeptNetwork kept;
  private final Consumer<String> messages;

  private SharedNetwork(RunFolder run, Recipe recipe, Consumer<String> messages) {
    this.run = run;
    this.recipe = recipe;
    this.kept = KeptNetwork.at(recipe.place(), recipe.nameField());
    this.messages = messages;
  }

  /**
   * Returns the teacher of a run whose spec has one.
   *
   * @param inputs the run, its teacher not yet known
   * @param messages takes the summary, a line at a time
   */
  public static SharedNetwork teacher(RunInputs inputs, Consumer<String> messages) {
    return new SharedNetwork(inputs.run(), new TeacherRecipe(inputs), messages);
  }

  /**
   * Returns the encoder of a run.
   *
   * @param messages takes the summary, a line at a time
   */
  public static SharedNetwork encoder(RunInputs inputs, Consumer<String> messages) {
    return new SharedNetwork(inputs.run(), new EncoderRecipe(inputs), messages);
  }

  /**
   * Returns the network if it need not be trained: it is taken from a checkpoint, is there, or has
   * been trained and has only to be kept.
   *
   * @param given what {@link GivenCheckpoints} returned for it
   * @throws GridException if nothing can be written
   */
  public Optional<NetworkWeights> find(Optional<Checkpoint> given) {
    Optional<NetworkState> state = given.map(this::take).or(this::trainedBefore);
    return state.map(this::weights);
  }

  /**
   * Returns what has to be done where {@link #find} returns nothing: the training of the network,
   * which fails the run if it fails.
   *
   * @param kept takes the network once it is in the run folder
   */
  public Work training(Consumer<NetworkWeights> kept) {
    TrainingOrder any = recipe.order(Fleet.freshAttempt());
    Training training = any.trainings().get(0);
    SoloStage stage =
        new SoloStage(
            run,
            recipe.place().name(),
            () -> recipe.order(Fleet.freshAttempt()),
            result -> kept.accept(weights(result.either(this::keep, this::fail))));
    return new Work.Trained(stage, training.steps());
  }

  /** Puts the network into the run folder and returns when it is there; see {@link #find}. */
  public NetworkWeights put(Optional<Checkpoint> given, Fleet fleet) {
    Optional<NetworkWeights> found = find(given);
    if (found.isPresent()) {
      return found.get();
    }
    AtomicReference<NetworkWeights> trained = new AtomicReference<>();
    Workload work = fleet.workload(0);
    // It is all there is to do, so that any measure of it tells what is left.
    work.add(Item.of(recipe.place().name(), Set.of(), Cost.of(1)), training(trained::set));
    fleet.run(work);
    return trained.get();
  }

  private NetworkWeights weights(NetworkState state) {
    return new NetworkWeights(state.name(), recipe.place().weights(), state.weightHash());
  }

  private NetworkState take(Checkpoint weights) {
    String source = recipe.source().orElseThrow();
    NetworkState state =
        NetworkState.taken(recipe.name(weights), WeightHash.of(weights.tensors()), source);
    if (find(state.key()).isPresent()) {
      say("is there: " + state.name() + " of " + source);
      return state;
    }
    kept.replace(weights, state);
    say("taken: " + state.name() + " of " + source);
    return state;
  }

  private Optional<NetworkState> trainedBefore() {
    Training training = recipe.order(Fleet.freshAttempt()).trainings().get(0);
    Optional<NetworkState> earlier = find(training.id());
    if (earlier.isPresent()) {
      say("is there: " + earlier.get().name() + ", trained before");
      return earlier;
    }
    return new Attempts(run, training).finished().map(this::keep);
  }

  private NetworkState fail(FailedResult failed) {
    throw GridException.of(
        ErrorCode.TRAINING, "Cannot train %s: %s", recipe.called(), failed.error());
  }

  private NetworkState keep(FinishedResult result) {
    Path trained = run.at(result.weights());
    Checkpoint weights = Safetensors.read(run.files().required(trained), trained.toString());
    NetworkState state =
        new NetworkState(
            result.trialId(),
            recipe.trainedName(),
            result.weightHash(),
            NetworkState.TRAINED,
            result.steps(),
            result.seconds());
    kept.replace(weights, state);
    say(
        String.format(
            "trained: %s, %d steps, %.0f s", state.name(), state.steps(), state.seconds()));
    if (!result.diverged().isEmpty()) {
      say("diverged: " + result.diverged());
    }
    return state;
  }

  private Optional<NetworkState> find(String key) {
    return kept.find(key, why -> say("is damaged and made anew: " + why));
  }

  private void say(String what) {
    String noun = recipe.place().name();
    messages.accept(noun.substring(0, 1).toUpperCase(Locale.ROOT) + noun.substring(1) + " " + what);
  }
}
