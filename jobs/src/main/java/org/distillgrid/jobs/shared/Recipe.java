package org.distillgrid.jobs.shared;

import java.util.Optional;
import org.distillgrid.jobs.folder.SharedPlace;
import org.distillgrid.jobs.worker.TrainingOrder;
import org.distillgrid.kd.weights.Checkpoint;

/** What sets one of the networks that all trials share apart from the other. */
interface Recipe {
  /** Its own seed, whatever the grid's seeds are. */
  long SEED = 0;

  /** Returns where it is kept; the place is called as messages call the network. */
  SharedPlace place();

  /** Returns what it is, after "Cannot train" for instance. */
  String called();

  /** Returns the field of the state file that holds the network's name. */
  String nameField();

  /** Returns the checkpoint that the spec gives, if it does. */
  Optional<String> source();

  /** Returns the name of the network of a checkpoint that the spec gives. */
  String name(Checkpoint given);

  /** Returns the name of the network that is trained. */
  String trainedName();

  /** Returns the order that trains it, and nothing else. */
  TrainingOrder order(String freshAttempt);
}
