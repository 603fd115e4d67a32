package org.distillgrid.jobs.table;

import java.util.List;
import org.apache.parquet.example.data.Group;
import org.distillgrid.jobs.folder.RunFolder;

/** The table {@code tuning} in force, likewise; versions that could not tune have none. */
public final class PublishedTuning {
  private PublishedTuning() {}

  /**
   * A row, as far as it is read.
   *
   * @param label what the spec calls the tuned method
   * @param isChosen whether the candidate has been chosen
   * @param isAtEdge whether a value of it lies at an end of its list
   */
  public record Candidate(
      String student,
      String bits,
      String quantizer,
      String label,
      String options,
      boolean isChosen,
      boolean isAtEdge) {
    private static Candidate of(Group row) {
      return new Candidate(
          row.getString("student_label", 0),
          row.getString("bits", 0),
          row.getString("quantizer", 0),
          row.getString("tuned", 0),
          row.getString("options", 0),
          row.getFieldRepetitionCount("chosen") > 0 && row.getBoolean("chosen", 0),
          row.getBoolean("at_edge", 0));
    }
  }

  /**
   * Returns all rows; none where nothing has been published.
   *
   * @throws org.distillgrid.kd.error.GridException if a file is gone or damaged
   */
  public static List<Candidate> read(RunFolder run) {
    return PublishedRows.read(run, TableName.TUNING, Candidate::of);
  }
}
