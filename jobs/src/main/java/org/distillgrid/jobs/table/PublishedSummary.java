package org.distillgrid.jobs.table;

import java.util.List;
import org.apache.parquet.example.data.Group;
import org.distillgrid.jobs.folder.RunFolder;

/** The table {@code summary} in force, read without Spark for those who only want a glance. */
public final class PublishedSummary {
  private PublishedSummary() {}

  /**
   * A row, as far as it is read.
   *
   * @param psnr mean over the seeds, decibels
   */
  public record Cell(String dataset, String student, String bits, String label, double psnr) {
    private static final String LABEL = "student_label";

    private static Cell of(Group row) {
      return new Cell(
          row.getString("dataset", 0),
          student(row),
          row.getString("bits", 0),
          row.getString("label", 0),
          row.getDouble("psnr_mean", 0));
    }

    // Tables of earlier versions name models only.
    private static String student(Group row) {
      if (row.getType().containsField(LABEL) && row.getFieldRepetitionCount(LABEL) > 0) {
        return row.getString(LABEL, 0);
      }
      return row.getString("student", 0);
    }
  }

  /**
   * Returns all rows; none where nothing has been published.
   *
   * @throws org.distillgrid.kd.error.GridException if a file is gone or damaged
   */
  public static List<Cell> read(RunFolder run) {
    return PublishedRows.read(run, TableName.SUMMARY, Cell::of);
  }
}
