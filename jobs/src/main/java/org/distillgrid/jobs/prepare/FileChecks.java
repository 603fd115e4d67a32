package org.distillgrid.jobs.prepare;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.distillgrid.jobs.cluster.JobNames;
import org.distillgrid.jobs.cluster.LongTasks;
import org.distillgrid.jobs.folder.Messages;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.input.PairInput;
import org.distillgrid.jobs.table.RejectedInput;
import org.distillgrid.kd.random.Sha256;

/**
 * Reads every file once on the executors, in small pieces, for its checksum.
 *
 * @param readable files that could be read, by dataset and name
 * @param rejected files that could not
 */
record FileChecks(List<CheckedFile> readable, List<RejectedInput> rejected) {
  private static final int FILES_IN_TASK = 256;
  private static final int TASKS_IN_SLOT = 4;

  /** Of checksum and reason, one is empty; without an input, so is its checksum. */
  private record Outcome(InputFile file, String checksum, String inputChecksum, String reason)
      implements Serializable {}

  /** Checks all files on the executors. */
  static FileChecks of(JavaSparkContext spark, RunFolder run, List<InputFile> files) {
    int slots = Math.max(spark.defaultParallelism() * TASKS_IN_SLOT, files.size() / FILES_IN_TASK);
    int tasks = Math.max(1, Math.min(files.size(), slots));
    List<CheckedFile> readable = new ArrayList<>();
    List<RejectedInput> rejected = new ArrayList<>();
    List<Outcome> outcomes =
        new JobNames(spark.sc())
            .within(
                "prepare: read training images",
                () ->
                    LongTasks.of(spark, spark.parallelize(files, tasks))
                        .map(file -> check(run, file))
                        .collect());
    for (Outcome outcome : outcomes) {
      if (outcome.reason().isEmpty()) {
        readable.add(new CheckedFile(outcome.file(), outcome.checksum(), outcome.inputChecksum()));
      } else {
        rejected.add(outcome.file().rejected(outcome.reason()));
      }
    }
    readable.sort(CheckedFile.BY_NAME);
    return new FileChecks(readable, rejected);
  }

  private static Outcome check(RunFolder run, InputFile file) {
    try {
      String checksum = checksum(run, file.location());
      String inputChecksum = "";
      for (PairInput input : file.input()) {
        inputChecksum = checksum(run, input.location());
      }
      return new Outcome(file, checksum, inputChecksum, "");
    } catch (IOException e) {
      return new Outcome(file, "", "", "Cannot read file: " + Messages.firstLine(e));
    }
  }

  private static String checksum(RunFolder run, String location) throws IOException {
    Path path = new Path(location);
    byte[] piece = new byte[1 << 16];
    try (InputStream stream = run.files().fileSystem(path).open(path)) {
      MessageDigest digest = Sha256.digest();
      for (int read = stream.read(piece); read >= 0; read = stream.read(piece)) {
        digest.update(piece, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    }
  }
}
