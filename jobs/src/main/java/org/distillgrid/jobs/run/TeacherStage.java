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
      ReferenceScores references = References.of(teach(data, checked, fleet), fleet, grid::say);
      grid.sayTable(
          SummaryReport.lines(
              List.of(), grid.findings(Map.of(), references, references.teacherHash())));
      return references;
    }
  }

  private RunInputs teach(String data, CheckedInputs checked, Fleet fleet) {
    RunInputs withoutTeacher = grid.inputs(data, checked);
    if (grid.spec().teacher().isEmpty()) {
      grid.say("No teacher");
      return withoutTeacher;
    }
    SharedNetwork teacher = SharedNetwork.teacher(withoutTeacher, grid::say);
    return withoutTeacher.withTeacher(teacher.put(checked.teacher(), fleet));
  }
}
