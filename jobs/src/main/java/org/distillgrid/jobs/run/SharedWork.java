package org.distillgrid.jobs.run;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.distillgrid.jobs.fleet.Fleet;
import org.distillgrid.jobs.fleet.RunInputs;
import org.distillgrid.jobs.fleet.Work;
import org.distillgrid.jobs.fleet.Workload;
import org.distillgrid.jobs.fleet.agenda.Cost;
import org.distillgrid.jobs.fleet.agenda.Item;
import org.distillgrid.jobs.fleet.agenda.Turn;
import org.distillgrid.jobs.journal.Event;
import org.distillgrid.jobs.journal.EventKind;
import org.distillgrid.jobs.journal.Journal;
import org.distillgrid.jobs.plan.Trial;
import org.distillgrid.jobs.plan.TrialPlan;
import org.distillgrid.jobs.score.ScoreJob;
import org.distillgrid.jobs.score.StudentChoice;
import org.distillgrid.jobs.shared.GivenStudents;
import org.distillgrid.jobs.shared.ReferenceScores;
import org.distillgrid.jobs.shared.References;
import org.distillgrid.jobs.shared.SharedNetwork;
import org.distillgrid.jobs.worker.NetworkWeights;
import org.distillgrid.jobs.worker.ReferenceOrder;

/**
 * What trials share: teacher and encoder, which some of them need, and what only the tables need,
 * references and difficulty. What is there is found at once, the rest is declared as work.
 */
final class SharedWork {
  private static final String TEACHER = "teacher";
  private static final String ENCODER = "encoder";
  private static final String REFERENCES = "references";
  private static final String SCORES = "scores";

  private final GridContext grid;
  private final Journal journal;
  private final long testPixels;
  private final Set<String> missing = new HashSet<>();
  private RunInputs inputs;
  private Optional<ReferenceScores> references = Optional.empty();

  private SharedWork(GridContext grid, Journal journal, RunInputs inputs, long testPixels) {
    this.grid = grid;
    this.journal = journal;
    this.testPixels = testPixels;
    this.inputs = inputs;
  }

  /**
   * Looks for what is there.
   *
   * @param inputs the run, without teacher and encoder
   */
  static SharedWork find(
      GridContext grid, Journal journal, RunInputs inputs, CheckedInputs checked, TrialPlan plan) {
    SharedWork work = new SharedWork(grid, journal, inputs, checked.images().pixels());
    work.inputs =
        inputs.withStudents(GivenStudents.put(grid.run(), plan, checked.students(), grid::say));
    work.findTeacher(checked);
    if (plan.readsEncoder()) {
      work.findEncoder(checked);
    }
    return work;
  }

  /** Returns what trainings are made from, as far as it is there. */
  RunInputs inputs() {
    return inputs;
  }

  /** Returns what trainings take that are made from them. */
  WorkCosts costs() {
    return new WorkCosts(inputs, testPixels);
  }

  /** Returns the scores of the references once they are there. */
  Optional<ReferenceScores> references() {
    return references;
  }

  /** Returns whether the teacher is there, or the run has none. */
  boolean teacherIsKnown() {
    return !missing.contains(TEACHER);
  }

  /** Returns whether teacher and encoder are there as far as the run has them. */
  boolean isKnown() {
    return missing.isEmpty();
  }

  /** Returns the items that a trial needs and that are not done: until then its id is not known. */
  Set<String> needs(Trial trial) {
    Set<String> needs = new HashSet<>();
    if (trial.readsTeacher() || trial.from().isTeacher()) {
      needs.add(TEACHER);
    }
    if (trial.cell().method().readsEncoder()) {
      needs.add(ENCODER);
    }
    needs.retainAll(missing);
    return needs;
  }

  /**
   * Declares what is missing.
   *
   * @param known is called whenever a network has come to be known, or the references have
   * @param fleet carries it out
   */
  void declare(Workload work, WorkCosts costs, Runnable known, Fleet fleet) {
    if (!teacherIsKnown()) {
      Work training =
          SharedNetwork.teacher(inputs, grid::say)
              .training(
                  teacher -> {
                    missing.remove(TEACHER);
                    inputs = inputs.withTeacher(teacher);
                    known.run();
                  });
      work.add(Item.of(TEACHER, Set.of(), costs.teacher()), training);
    }
    if (missing.contains(ENCODER)) {
      Work training =
          SharedNetwork.encoder(inputs, grid::say)
              .training(
                  encoder -> {
                    missing.remove(ENCODER);
                    keepEncoder(encoder);
                    known.run();
                  });
      work.add(Item.of(ENCODER, Set.of(), costs.encoder()), training);
    }
    declareReferences(work, known);
    if (grid.spec().teacher().isPresent()) {
      declareScores(work, fleet);
    }
  }

  private void findTeacher(CheckedInputs checked) {
    grid.listener().stageStarted(GridStage.TEACH);
    if (grid.spec().teacher().isEmpty()) {
      grid.say("No teacher");
      return;
    }
    SharedNetwork.teacher(inputs, grid::say)
        .find(checked.teacher())
        .ifPresentOrElse(
            teacher -> inputs = inputs.withTeacher(teacher), () -> missing.add(TEACHER));
  }

  private void findEncoder(CheckedInputs checked) {
    grid.listener().stageStarted(GridStage.ENCODE);
    SharedNetwork.encoder(inputs, grid::say)
        .find(checked.encoder())
        .ifPresentOrElse(this::keepEncoder, () -> missing.add(ENCODER));
  }

  private void keepEncoder(NetworkWeights encoder) {
    inputs = inputs.withEncoder(encoder);
    ended(GridStage.ENCODE, encoder.hash());
  }

  private void declareReferences(Workload work, Runnable known) {
    if (teacherIsKnown()) {
      References.find(inputs).ifPresent(this::keepReferences);
    }
    if (references.isPresent()) {
      return;
    }
    Supplier<ReferenceOrder> order = () -> References.order(inputs);
    Work scoring =
        new Work.Answered<>(
            REFERENCES,
            order,
            scores -> {
              keepReferences(References.keep(inputs, scores, grid::say));
              known.run();
            });
    work.add(new Item(REFERENCES, afterTeacher(), Cost.of(0), Turn.FIRST, ""), scoring);
  }

  private void keepReferences(ReferenceScores scores) {
    references = Optional.of(scores);
    ended(GridStage.TEACH, inputs.teacher().hash());
  }

  // After the references, which take a moment, so that their stage ends before this one begins.
  private void declareScores(Workload work, Fleet fleet) {
    Set<String> needs = afterTeacher();
    if (references.isEmpty()) {
      needs.add(REFERENCES);
    }
    List<String> lines = new ArrayList<>();
    Work scoring =
        new Work.Beside<>(
            SCORES,
            () -> grid.listener().stageStarted(GridStage.SCORE),
            () ->
                ScoreJob.run(
                    grid.session(),
                    grid.spec(),
                    grid.run(),
                    StudentChoice.bicubic(),
                    lines::add,
                    fleet::occupy),
            scored -> {
              lines.forEach(grid::say);
              ended(GridStage.SCORE, "");
            });
    work.add(new Item(SCORES, needs, Cost.of(0), Turn.BESIDE, ""), scoring);
  }

  /** Returns the items that have to be done before the teacher is there. */
  Set<String> afterTeacher() {
    Set<String> needs = new HashSet<>(Set.of(TEACHER));
    needs.retainAll(missing);
    return needs;
  }

  private void ended(GridStage stage, String detail) {
    journal.append(Event.of(EventKind.STAGE_FINISHED, stage.text(), detail));
    grid.listener().stageEnded(stage);
  }
}
