package org.distillgrid.jobs.shared;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.folder.SharedPlace;
import org.distillgrid.jobs.plan.PretrainKey;
import org.distillgrid.jobs.plan.TrialPlan;
import org.distillgrid.jobs.worker.NetworkWeights;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.WeightHash;

/**
 * The weights that a spec gives its students, each kept in the run folder under its hash, where
 * executors find it whatever they see of the driver's disk.
 */
public final class GivenStudents {
  private static final String MODEL = "model";

  private final RunFolder run;
  private final Consumer<String> messages;

  private GivenStudents(RunFolder run, Consumer<String> messages) {
    this.run = run;
    this.messages = messages;
  }

  /**
   * Puts weights into the run folder, or finds that they are there.
   *
   * @param given what {@link GivenCheckpoints#students} returned
   * @param messages takes a line a student
   * @return where they are, by the students' labels
   * @throws org.distillgrid.kd.error.GridException if nothing can be written
   */
  public static Map<String, NetworkWeights> put(
      RunFolder run, TrialPlan plan, Map<String, Checkpoint> given, Consumer<String> messages) {
    GivenStudents students = new GivenStudents(run, messages);
    Map<String, NetworkWeights> kept = new LinkedHashMap<>();
    for (PretrainKey key : plan.given()) {
      String label = key.from().label();
      kept.put(label, students.put(key, given.get(label)));
    }
    return kept;
  }

  private NetworkWeights put(PretrainKey key, Checkpoint weights) {
    String label = key.from().label();
    String source = key.from().weights().orElseThrow();
    String hash = WeightHash.of(weights.tensors());
    SharedPlace place = run.student(hash);
    KeptNetwork kept = KeptNetwork.at(place, MODEL);
    NetworkState state = NetworkState.taken(key.student().text(), hash, source);
    boolean whole =
        kept.find(hash, why -> messages.accept("Student " + label + " is made anew: " + why))
            .isPresent();
    if (whole) {
      messages.accept("Student is there: " + label + " of " + source);
    } else {
      kept.replace(weights, state);
      messages.accept("Student taken: " + label + " of " + source);
    }
    return new NetworkWeights(state.name(), place.weights(), hash);
  }
}
