package org.distillgrid.jobs.run;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.distillgrid.jobs.fleet.Fleet;
import org.distillgrid.jobs.fleet.RunInputs;
import org.distillgrid.jobs.fleet.Workload;
import org.distillgrid.jobs.plan.PretrainKey;
import org.distillgrid.jobs.plan.Trial;
import org.distillgrid.jobs.worker.CohortOrder;
import org.distillgrid.jobs.worker.NetworkWeights;

/**
 * What trials need of the rest of a run: teacher, encoder, predictions, and the students that they
 * start from. Before they are trained these are items of the agenda, then files that an order
 * names.
 */
final class TrialNeeds {
  private final SharedWork shared;
  private final PredictionWork predictions;
  private final PretrainStage students;

  /**
   * Takes what declares and keeps it.
   *
   * @param predictions has the teacher predict what trials read
   * @param students trains what trials start from
   */
  TrialNeeds(SharedWork shared, PredictionWork predictions, PretrainStage students) {
    this.shared = shared;
    this.predictions = predictions;
    this.students = students;
  }

  /**
   * Declares the predictions and students of some trials.
   *
   * @param choice which of them are wanted
   */
  void declare(List<Trial> trials, Choice choice, Workload work, WorkCosts costs) {
    Map<PretrainKey, Set<String>> starts = new LinkedHashMap<>();
    for (Trial trial : trials) {
      if (trial.from().isPretrained()) {
        starts.merge(trial.pretrainKey(), studentNeeds(trial, choice), TrialNeeds::common);
      }
    }
    if (trials.stream().anyMatch(Trial::isPredicted)) {
      predictions.declare(work, costs);
    }
    starts.forEach((key, needs) -> students.declare(key, needs, work, costs));
  }

  // Where only some trials are wanted, a student waits until one of its trials is known to be.
  private Set<String> studentNeeds(Trial trial, Choice choice) {
    if (choice.isOfAll()) {
      return Set.of();
    }
    return shared.needs(trial);
  }

  private static Set<String> common(Set<String> one, Set<String> other) {
    Set<String> both = new HashSet<>(one);
    both.retainAll(other);
    return both;
  }

  /** Takes off the predictions and students that none of some trials needs. */
  void keepOnly(List<Trial> trials, Workload work) {
    students.keepOnly(trials.stream().map(Trial::pretrainKey).collect(Collectors.toSet()), work);
    if (trials.stream().noneMatch(Trial::isPredicted)) {
      predictions.settle(work);
    }
  }

  /** Returns the items that have to be done before any one of some trials can be trained. */
  Set<String> items(List<Trial> trials) {
    Set<String> items = new HashSet<>();
    for (Trial trial : trials) {
      items.addAll(shared.needs(trial));
      items.addAll(students.needs(trial.pretrainKey()));
      if (trial.isPredicted()) {
        items.addAll(predictions.needs());
      }
    }
    return items;
  }

  /** Returns the order to train some trials of one seed, whose needs are met. */
  CohortOrder order(List<Trial> trials, KnownTrials known) {
    return new CohortOrder(
        taught(trials).trials(initial(trials)),
        trials.get(0).cell().seed(),
        trials.stream().map(known::member).toList(),
        Fleet.freshAttempt());
  }

  private Map<String, String> initial(List<Trial> trials) {
    Map<String, String> paths = new HashMap<>();
    for (Trial trial : trials) {
      firstWeights(trial).ifPresent(path -> paths.put(CohortOrder.initialKey(trial.cell()), path));
    }
    return paths;
  }

  private Optional<String> firstWeights(Trial trial) {
    return switch (trial.from().start()) {
      case PRETRAINED -> Optional.of(students.weights(trial.pretrainKey()));
      case SCRATCH -> Optional.empty();
      case GIVEN -> Optional.of(shared.inputs().students().get(trial.from().label()).path());
      case TEACHER -> Optional.of(shared.inputs().teacher().path());
    };
  }

  private RunInputs taught(List<Trial> trials) {
    if (trials.stream().anyMatch(Trial::isPredicted)) {
      return predictions.in(inputs(trials));
    }
    return inputs(trials);
  }

  /** Returns what some trials are trained from, but for predictions. */
  RunInputs inputs(List<Trial> trials) {
    // A cohort that reads no teacher is not told of one: it starts whether there is one or not.
    if (trials.stream().anyMatch(Trial::readsTeacher)) {
      return shared.inputs();
    }
    return shared.inputs().withTeacher(NetworkWeights.NONE);
  }
}
