package org.distillgrid.jobs.table;

import static org.distillgrid.jobs.table.ColumnType.LONG;
import static org.distillgrid.jobs.table.ColumnType.TEXT;

import java.io.Serializable;

/**
 * A file that could not be used: what a row of {@link TableName#REJECTED_INPUTS} is made from.
 *
 * @param dataset name of its data folder, or of its test set
 * @param path the file, fully qualified
 * @param reason why it is not used, one line
 * @param bytes its size; 0 for a folder
 */
public record RejectedInput(String dataset, String path, String reason, long bytes)
    implements Serializable {
  /** The columns. */
  public static final Columns<RejectedInput> COLUMNS =
      Columns.<RejectedInput>none()
          .required(
              "dataset",
              TEXT,
              "name of the data folder, or of the test set",
              RejectedInput::dataset)
          .required("path", TEXT, "the file, fully qualified", RejectedInput::path)
          .required("reason", TEXT, "why it was not used, one line", RejectedInput::reason)
          .required("bytes", LONG, "size of the file; 0 for a folder", RejectedInput::bytes);
}
