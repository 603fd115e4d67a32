package org.distillgrid.jobs.worker;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.distillgrid.jobs.folder.AttemptPlace;
import org.distillgrid.jobs.folder.JsonFiles;
import org.distillgrid.jobs.folder.RunFiles;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.folder.TrainingPlace;
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
  private static final int KEPT_CHECKPOINTS = 2;

  private final RunFolder run;
  private final RunFiles files;
  private final JsonFiles json;
  private final AttemptPlace place;
  private final String attempt;
  private final Deque<Path> checkpoints = new ArrayDeque<>();

  /**
   * Names a folder; nothing is made.
   *
   * @param training the place of all attempts
   * @param attempt the attempt's id
   */
  public AttemptFolder(TrainingPlace training, String attempt) {
    this.run = training.run();
    this.files = run.files();
    this.json = new JsonFiles(files);
    this.place = training.attempt(attempt);
    this.attempt = attempt;
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

  /** Notes how far the cohort has come. */
  void writeProgress(Advance advance) {
    json.write(place.progress(), advance);
  }

  /** Returns how far the cohort had come when it last said so. */
  public Optional<Advance> progress() {
    return json.read(place.progress(), Advance.class);
  }

  /** Keeps a state to resume from, and drops all but the last two of this attempt. */
  void writeCheckpoint(long step, Checkpoint state) {
    Path path = place.checkpoint(step);
    files.replace(path, Safetensors.bytes(state));
    checkpoints.addLast(path);
    while (checkpoints.size() > KEPT_CHECKPOINTS) {
      files.delete(checkpoints.removeFirst());
    }
  }

  /** Keeps the final weights and returns their path below the run folder. */
  String writeWeights(Checkpoint weights) {
    files.replace(run.at(place.weights()), Safetensors.bytes(weights));
    return place.weights();
  }

  /** Keeps the student as it is at its bits and returns the file's path below the run folder. */
  String writePacked(byte[] content) {
    files.replace(run.at(place.packed()), content);
    return place.packed();
  }

  /** Keeps a picture of where the trial's method distils. */
  void writeMap(int number, PlanarImage sheet) {
    files.replace(place.map(number), ImageWriter.png(sheet));
  }

  /** Keeps a picture of where it distilled after a step, in the first patch. */
  void writeMapUnderWay(long step, PlanarImage sheet) {
    files.replace(place.mapUnderWay(step), ImageWriter.png(sheet));
  }

  /** Ends the attempt: once this returns, its result stands. */
  public void writeResult(TrialResult result) {
    json.write(place.result(), result);
  }

  /** Returns the result if the attempt has ended and, where it finished, its weights are there. */
  public Optional<TrialResult> result() {
    return new JsonFiles(run.files())
        .read(place.result(), TrialResult.class)
        .filter(result -> attempt.equals(result.attempt()))
        .filter(
            result ->
                result.either(
                    finished -> files.exists(run.at(finished.weights())), failed -> true));
  }
}
