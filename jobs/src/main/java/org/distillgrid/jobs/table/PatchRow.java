package org.distillgrid.jobs.table;

import static org.distillgrid.jobs.table.ColumnType.BYTES;
import static org.distillgrid.jobs.table.ColumnType.INT;
import static org.distillgrid.jobs.table.ColumnType.TEXT;

import org.distillgrid.kd.image.PlanarImage;

/**
 * What a row of {@link TableName#PATCHES} is made from; the folders' names tell data set and split.
 *
 * @param dataset name of the data folder
 * @param image path of the image below it
 * @param top edge in the ground truth, pixels
 * @param left edge likewise
 * @param scale target size over input size
 * @param target the patch of the ground truth
 * @param input the patch of the degraded image
 * @param checksum SHA-256 of the image's file, hexadecimal
 */
public record PatchRow(
    String dataset,
    String image,
    int top,
    int left,
    int scale,
    PlanarImage target,
    PlanarImage input,
    String checksum) {
  /** The columns. */
  public static final Columns<PatchRow> COLUMNS =
      Columns.<PatchRow>none()
          .required(
              "patch_id",
              TEXT,
              "<dataset>/<image>@r<row>c<column>, unique in the run",
              PatchRow::id)
          .required("image", TEXT, "path of the image below its data folder", PatchRow::image)
          .required("row", INT, "top edge in the ground truth, pixels", PatchRow::top)
          .required("column", INT, "left edge in the ground truth, pixels", PatchRow::left)
          .required("scale", INT, "target size over input size", PatchRow::scale)
          .required("channels", INT, "1 for grey, 3 for RGB", row -> row.target.channels())
          .required("hr_height", INT, "height of the target, pixels", row -> row.target.height())
          .required("hr_width", INT, "width of the target, pixels", row -> row.target.width())
          .required("lr_height", INT, "height of the input, pixels", row -> row.input.height())
          .required("lr_width", INT, "width of the input, pixels", row -> row.input.width())
          .required(
              "hr",
              BYTES,
              "target, unsigned bytes, channel after channel, row-major",
              row -> row.target.samples())
          .required(
              "lr",
              BYTES,
              "stored input, unsigned bytes, channel after channel, row-major",
              row -> row.input.samples())
          .required(
              "source_checksum",
              TEXT,
              "SHA-256 of the image's file, hexadecimal",
              PatchRow::checksum)
          .required("dataset", TEXT, "name of the data folder; a partition column")
          .required("split", TEXT, "train or valid; a partition column");

  /** Returns what the ids of one image's patches have in common: data set and image. */
  static String imageOf(String patchId) {
    return patchId.substring(0, patchId.lastIndexOf('@'));
  }

  private String id() {
    return dataset + "/" + image + "@r" + top + "c" + left;
  }
}
