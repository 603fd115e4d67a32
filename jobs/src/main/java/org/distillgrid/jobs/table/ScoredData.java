package org.distillgrid.jobs.table;

import java.util.Optional;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.folder.StateFile;

/**
 * What says that a difficulty table is whole, and what it was made with.
 *
 * @param fingerprint fingerprint of the patch table
 * @param teacher model name of the teacher
 * @param teacherHash SHA-256 of the teacher's weights
 * @param student model name of the student, or {@code bicubic} ({@code input} at scale 1)
 * @param studentHash SHA-256 of the student's weights, or the same name
 * @param patches patches scored
 */
public record ScoredData(
    String fingerprint,
    String teacher,
    String teacherHash,
    String student,
    String studentHash,
    long patches) {

  /** Reads the state of a run's difficulty table; nothing if there is no whole one. */
  public static Optional<ScoredData> read(RunFolder run) {
    return file(run).read(run.files());
  }

  /** Writes the state of a run's difficulty table, which makes the table valid. */
  public void write(RunFolder run) {
    file(run).write(this, run.files());
  }

  private static StateFile<ScoredData> file(RunFolder run) {
    return new StateFile<>(run.scored(), ScoredData.class);
  }
}
