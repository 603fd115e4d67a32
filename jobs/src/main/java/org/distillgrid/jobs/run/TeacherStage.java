package org.distillgrid.jobs.run;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.distillgrid.jobs.fleet.Fleet;
import org.distillgrid.jobs.fleet.RunInputs;
import org.distillgrid.jobs.report.SummaryReport;
import org.distillgrid.jobs.shared.ReferenceScores;
import org.distillgrid.jobs.shared.References;
import org.distillgrid.jobs.shared.SharedNetwork;
import org.distillgrid.jobs.table.PreparedData;
import org.distillgrid.jobs.worker.KeptPredictions;
import org.distillgrid.jobs.worker.NetworkWeights;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/** Takes or trains the teacher, and scores what trials are compared with. */
final class TeacherStage {
  private final GridContext grid;

  TeacherStage(GridContext grid) {
    this.grid = grid;
  }

  /** Does it by itself, in a folder that may have no patches, and tells the scores. */
  ReferenceScores alone() {
    Optional<PreparedData> prepared = PreparedData.read(grid.run());
    boolean trained = grid.spec().teacher().filter(spec -> spec.weights().isEmpty()).isPresent();
    if (prepared.isEmpty() && trained) {
      throw GridException.of(
          ErrorCode.INPUT,
          "Cannot teach: %s has no patches (run prepare first)",
          grid.run().location());
    }
    CheckedInputs checked = CheckedInputs.ofTeacher(grid);
    try (Fleet fleet = grid.fleet()) {
      String data = prepared.map(PreparedData::fingerprint).orElse("");
      ReferenceScores references = references(teach(data, checked, fleet), fleet);
      grid.sayTable(SummaryReport.lines(List.of(), grid.findings(Map.of(), references)));
      return references;
    }
  }

  /**
   * Returns what trainings are made from, with the teacher in the run folder if the spec has one.
   *
   * @param data fingerprint of the patch table
   */
  RunInputs teach(String data, CheckedInputs checked, Fleet fleet) {
    RunInputs withoutTeacher =
        new RunInputs(
            grid.spec(),
            grid.catalog(),
            grid.run(),
            data,
            NetworkWeights.NONE,
            KeptPredictions.NONE,
            NetworkWeights.NONE,
            checked.images().usable());
    if (grid.spec().teacher().isEmpty()) {
      grid.say("No teacher");
      return withoutTeacher;
    }
    SharedNetwork teacher = SharedNetwork.teacher(withoutTeacher, grid::say);
    return withoutTeacher.withTeacher(teacher.put(checked.teacher(), fleet));
  }

  ReferenceScores references(RunInputs inputs, Fleet fleet) {
    return References.of(inputs, fleet, grid::say);
  }
}
