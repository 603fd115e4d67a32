package org.distillgrid.jobs.worker;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.distillgrid.jobs.folder.JsonFiles;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.kd.image.ImageWriter;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.Safetensors;

/**
 * The folder that one attempt, and nothing else, writes to. Its {@code result.json} comes last:
 * without one, only the checkpoints of an attempt are of use.
 */
public final class AttemptFolder {
  private static final Pattern CHECKPOINT = Pattern.compile("checkpoint-(\\d+)\\.safetensors");
  private static final Pattern HALF_WRITTEN =
      Pattern.compile("\\.checkpoint-\\d+\\.safetensors\\..*\\.tmp");
  private static final int KEPT_CHECKPOINTS = 2;

  private final RunFolder run;
  private final String relative;
  private final Path folder;
  private final String attempt;
  private final Deque<Path> checkpoints = new ArrayDeque<>();

  /**
   * Names a folder; nothing is made.
   *
   * @param attempts the folder of all attempts, below the run folder
   * @param attempt the attempt's id
   */
  public AttemptFolder(RunFolder run, String attempts, String attempt) {
    this.run = run;
    this.attempt = attempt;
    this.relative = attempts + "/" + attempt;
    this.folder = new Path(run.root(), relative);
  }

  /**
   * How far a cohort has come.
   *
   * @param step updates made
   * @param steps updates in all
   */
  public record Advance(long step, long steps) {}

  /** Returns the attempt's id. */
  public String attempt() {
    return attempt;
  }

  /** Returns the step that a checkpoint's file name tells, if it is one. */
  static Optional<Long> checkpointStep(String name) {
    Matcher matcher = CHECKPOINT.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(Long.parseLong(matcher.group(1)));
  }

  /** Returns whether a file is what a process left that was killed while it wrote a checkpoint. */
  static boolean isHalfWritten(String name) {
    return HALF_WRITTEN.matcher(name).matches();
  }

  /** Notes how far the cohort has come. */
  public void writeProgress(Advance advance) {
    new JsonFiles(run.files()).write(new Path(folder, "progress.json"), advance);
  }

  /** Returns how far the cohort had come when it last said so. */
  public Optional<Advance> progress() {
    return new JsonFiles(run.files()).read(new Path(folder, "progress.json"), Advance.class);
  }

  /** Keeps a state to resume from, and drops all but the last two of this attempt. */
  public void writeCheckpoint(long step, Checkpoint state) {
    Path path = new Path(folder, "checkpoint-" + step + ".safetensors");
    run.files().replace(path, Safetensors.bytes(state));
    checkpoints.addLast(path);
    while (checkpoints.size() > KEPT_CHECKPOINTS) {
      run.files().delete(checkpoints.removeFirst());
    }
  }

  /** Keeps the final weights and returns their path below the run folder. */
  public String writeWeights(Checkpoint weights) {
    run.files().replace(new Path(folder, "weights.safetensors"), Safetensors.bytes(weights));
    return relative + "/weights.safetensors";
  }

  /** Keeps the student as it is at its bits and returns the file's path below the run folder. */
  public String writePacked(byte[] content) {
    run.files().replace(new Path(folder, "packed.safetensors"), content);
    return relative + "/packed.safetensors";
  }

  /** Keeps a picture of where the trial's method distils. */
  public void writeMap(int number, PlanarImage sheet) {
    Path path = new Path(folder, "maps/patch-" + number + ".png");
    run.files().replace(path, ImageWriter.png(sheet));
  }

  /** Ends the attempt: once this returns, its result stands. */
  public void writeResult(TrialResult result) {
    new JsonFiles(run.files()).write(new Path(folder, "result.json"), result);
  }

  /** Returns the result if the attempt has ended and, where it finished, its weights are there. */
  public Optional<TrialResult> result() {
    return new JsonFiles(run.files())
        .read(new Path(folder, "result.json"), TrialResult.class)
        .filter(result -> attempt.equals(result.attempt()))
        .filter(
            result ->
                !result.finished() || run.files().exists(new Path(run.root(), result.weights())));
  }
}
