package org.distillgrid.jobs.page;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.distillgrid.jobs.table.TableName;
import org.distillgrid.jobs.table.Tables;
import org.distillgrid.kd.image.PlanarImage;

/**
 * One of the patches in which teacher and student differ most.
 *
 * @param patch its id
 * @param gap mean distance of teacher and student
 * @param error mean distance of student and target
 * @param source its target, as a picture
 */
record HardPatch(String patch, double gap, double error, String source) {
  private static final int MOST = 12;
  private static final int MOST_SIDE = 96;

  /** Returns the hardest, the first first. */
  static List<HardPatch> of(Tables tables) {
    Dataset<Row> hardest =
        tables
            .table(TableName.DIFFICULTY)
            .select("patch_id", "teacher_gap", "student_error")
            .orderBy(col("teacher_gap").desc(), col("patch_id"))
            .limit(MOST);
    return tables
        .table(TableName.PATCHES)
        .select("patch_id", "channels", "hr_height", "hr_width", "hr")
        .join(broadcast(hardest), "patch_id")
        .orderBy(col("teacher_gap").desc(), col("patch_id"))
        .collectAsList()
        .stream()
        .map(HardPatch::of)
        .toList();
  }

  private static HardPatch of(Row row) {
    int height = row.<Integer>getAs("hr_height");
    int width = row.<Integer>getAs("hr_width");
    PlanarImage target = new PlanarImage(row.getAs("channels"), height, width, row.getAs("hr"));
    return new HardPatch(
        row.getAs("patch_id"),
        row.<Double>getAs("teacher_gap"),
        row.<Double>getAs("student_error"),
        DataUri.of(target.crop(0, 0, Math.min(height, MOST_SIDE), Math.min(width, MOST_SIDE))));
  }
}
