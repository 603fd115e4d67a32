package org.distillgrid.jobs.shared;

import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.distillgrid.jobs.worker.TrainingOrder;
import org.distillgrid.kd.weights.Checkpoint;

/** What sets one of the networks that all trials share apart from the other. */
interface Recipe {
  /** Its own seed, whatever the grid's seeds are. */
  long SEED = 0;

  /** Returns what messages call the network, for instance {@code teacher}. */
  String noun();

  /** Returns what it is, after "Cannot train" for instance. */
  String called();

  /** Returns the field of the state file that holds the network's name. */
  String nameField();

  /** Returns where its weights are kept. */
  Path weights();

  /** Returns where its state is kept, a JSON file. */
  Path state();

  /** Returns the checkpoint that the spec gives, if it does. */
  Optional<String> source();

  /** Returns the name of the network of a checkpoint that the spec gives. */
  String name(Checkpoint given);

  /** Returns the name of the network that is trained. */
  String trainedName();

  /** Returns the order that trains it, and nothing else. */
  TrainingOrder order(String freshAttempt);
}
