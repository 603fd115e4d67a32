package org.distillgrid.jobs.shared;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.distillgrid.jobs.fleet.Fleet;
import org.distillgrid.jobs.fleet.RunInputs;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.journal.FinishedResult;
import org.distillgrid.jobs.worker.NetworkWeights;
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
    this.kept =
        new KeptNetwork(
            run.files(),
            run.at(recipe.place().weights()),
            recipe.place().state(),
            recipe.nameField());
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
   * Puts the network into the run folder, or finds that it is there.
   *
   * @param given what {@link GivenCheckpoints} returned for it; without one it is trained
   * @throws GridException if the training fails, or nothing can be written
   */
  public NetworkWeights put(Optional<Checkpoint> given, Fleet fleet) {
    NetworkState state = given.map(this::take).orElseGet(() -> train(fleet));
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

  private NetworkState train(Fleet fleet) {
    TrainingOrder order = recipe.order(Fleet.freshAttempt());
    String id = order.trainings().get(0).id();
    Optional<NetworkState> earlier = find(id);
    if (earlier.isPresent()) {
      say("is there: " + earlier.get().name() + ", trained before");
      return earlier.get();
    }
    return new SoloStage(run, recipe.place().name())
        .train(order, fleet)
        .either(
            finished -> keep(id, finished),
            failed -> {
              throw GridException.of(
                  ErrorCode.TRAINING, "Cannot train %s: %s", recipe.called(), failed.error());
            });
  }

  private NetworkState keep(String id, FinishedResult result) {
    Path trained = run.at(result.weights());
    Checkpoint weights = Safetensors.read(run.files().required(trained), trained.toString());
    NetworkState state =
        new NetworkState(
            id,
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
