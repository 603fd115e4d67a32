package org.distillgrid.jobs.table;

import static org.distillgrid.jobs.table.ColumnType.MAP;
import static org.distillgrid.jobs.table.ColumnType.REAL;
import static org.distillgrid.jobs.table.ColumnType.TEXT;

import java.util.stream.IntStream;
import org.distillgrid.kd.difficulty.PatchDifficulty;
import org.distillgrid.kd.difficulty.SignalMap;

/**
 * What a row of {@link TableName#DIFFICULTY} is made from.
 *
 * @param patchId the patch's id
 * @param difficulty its four signals
 */
public record DifficultyRow(String patchId, PatchDifficulty difficulty) {
  /** The columns. */
  public static final Columns<DifficultyRow> COLUMNS =
      Columns.<DifficultyRow>none()
          .required("patch_id", TEXT, "a patch of the patches table", DifficultyRow::patchId)
          .required(
              "laplacian_variance",
              REAL,
              "mean of laplacian_variance_map",
              row -> row.difficulty.laplacianVariance().mean())
          .required(
              "pixel_variance",
              REAL,
              "mean of pixel_variance_map",
              row -> row.difficulty.pixelVariance().mean())
          .required(
              "student_error",
              REAL,
              "mean of student_error_map",
              row -> row.difficulty.studentError().mean())
          .required(
              "teacher_gap",
              REAL,
              "mean of teacher_gap_map",
              row -> row.difficulty.teacherGap().mean())
          .required(
              "laplacian_variance_map",
              MAP,
              "variance of the target's Laplacian in 8×8 cells, row-major, not normalised",
              row -> cells(row.difficulty.laplacianVariance()))
          .required(
              "pixel_variance_map",
              MAP,
              "variance of the target in 8×8 cells, row-major, not normalised",
              row -> cells(row.difficulty.pixelVariance()))
          .required(
              "student_error_map",
              MAP,
              "student against target in 8×8 cells, row-major, not normalised",
              row -> cells(row.difficulty.studentError()))
          .required(
              "teacher_gap_map",
              MAP,
              "teacher against student in 8×8 cells, row-major, not normalised",
              row -> cells(row.difficulty.teacherGap()));

  private static Float[] cells(SignalMap map) {
    float[] cells = map.cells();
    return IntStream.range(0, cells.length).mapToObj(i -> cells[i]).toArray(Float[]::new);
  }
}
