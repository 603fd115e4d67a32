package org.distillgrid.jobs.export;

import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.table.TrainedStudent;
import org.distillgrid.kd.eval.LoadedNetwork;
import org.distillgrid.kd.quant.packed.PackedStudent;

/**
 * Hands out the file that holds the student of one trial at its bits, see {@link PackedStudent}:
 * the one that the trial left, or one made anew from its weights where that is gone.
 */
public final class PackedExport {
  private final SparkSession session;
  private final RunFolder run;

  /**
   * What came of it.
   *
   * @param path of the file: below the run folder, or fully qualified elsewhere
   * @param bytes of the file
   * @param source what it was made from, in words
   */
  public record Outcome(String path, long bytes, String source) {}

  private record Content(byte[] bytes, String source) {}

  /** Exports trials of a run. */
  public PackedExport(SparkSession session, RunFolder run) {
    this.session = session;
    this.run = run;
  }

  /**
   * Exports a trial.
   *
   * @param id the trial's id, or the beginning of it
   * @param out the file, or none for one in the run folder
   * @throws org.distillgrid.kd.error.GridException if there is no such finished trial, its file is
   *     damaged, or the new one cannot be written
   */
  public Outcome run(String id, Optional<Path> out) {
    TrainedStudent trial = ExportedTrial.find(session, run, id);
    Content content = kept(trial).orElseGet(() -> anew(trial));
    String name = trial.trialId() + "-packed.safetensors";
    String path = new ExportPlace(run, out).write(name, content.bytes());
    return new Outcome(path, content.bytes().length, content.source());
  }

  private Optional<Content> kept(TrainedStudent trial) {
    return trial
        .packed()
        .flatMap(
            path ->
                run.files()
                    .bytes(path)
                    .map(
                        bytes -> {
                          // Read once, so that nobody is handed a damaged file.
                          PackedStudent.read(bytes, path.toString());
                          return new Content(bytes, "as the trial left it");
                        }));
  }

  private static Content anew(TrainedStudent trial) {
    try (LoadedNetwork loaded = trial.open()) {
      byte[] bytes = PackedStudent.of(loaded.quantizedNetwork()).bytes();
      return new Content(bytes, "packed anew from its weights");
    }
  }
}
