package org.distillgrid.jobs.page;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.report.Findings;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.table.TrainedStudent;
import org.distillgrid.kd.eval.LoadedNetwork;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.weights.Checkpoint;

/**
 * A network of a run that restores crops.
 *
 * @param id the trial's id, or teacher
 * @param title its bits, or teacher
 * @param detail what else tells it from others
 */
record ShownNetwork(String id, String title, String detail, Opening opening) {
  /** Builds the network with its weights. */
  @FunctionalInterface
  interface Opening {
    LoadedNetwork open();
  }

  /**
   * Returns a trial of each of the best cells, of the least seed, and the teacher, if there is one.
   *
   * @param trials finished ones, as methods are compared
   */
  static List<ShownNetwork> of(
      RunFolder run, RunSpec spec, List<Row> trials, List<SummaryCell> best) {
    List<ShownNetwork> networks = new ArrayList<>();
    for (SummaryCell row : best) {
      trials.stream()
          .filter(trial -> CellName.of(trial).equals(row.cell()))
          .findFirst()
          .ifPresent(trial -> networks.add(student(run, row, trial)));
    }
    if (run.files().exists(run.at(run.teacher().weights()))) {
      networks.add(teacher(run, spec));
    }
    return networks;
  }

  private static ShownNetwork student(RunFolder run, SummaryCell row, Row trial) {
    String detail =
        "%s %s, seed %d".formatted(row.cell().student(), row.method(), trial.<Long>getAs("seed"));
    TrainedStudent student = new TrainedStudent(run, trial);
    return new ShownNetwork(student.trialId(), row.cell().bits(), detail, student::open);
  }

  private static ShownNetwork teacher(RunFolder run, RunSpec spec) {
    String path = run.teacher().weights();
    String model = spec.teacher().map(given -> given.model()).orElse("");
    return new ShownNetwork(
        Findings.TEACHER,
        Findings.TEACHER,
        model,
        () -> {
          Checkpoint weights = run.checkpoint(path);
          ModelTarget target = new ModelTarget(spec.data().channels(), spec.task().scale());
          return LoadedNetwork.open(
              weights.metadata().get(Network.MODEL_KEY), target, weights, path);
        });
  }
}
