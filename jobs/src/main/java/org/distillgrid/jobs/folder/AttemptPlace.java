package org.distillgrid.jobs.folder;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/**
 * Where one attempt at a training, and nothing else, writes.
 *
 * @param run the run folder
 * @param relative the attempt's folder below it
 */
public record AttemptPlace(RunFolder run, String relative) {
  private static final Pattern CHECKPOINT = Pattern.compile("checkpoint-(\\d+)\\.safetensors");
  private static final Pattern HALF_WRITTEN =
      Pattern.compile("\\.checkpoint-\\d+\\.safetensors\\..*\\.tmp");

  /** Returns what says how far the attempt has come. */
  public Path progress() {
    return run.at(relative + "/progress.json");
  }

  /** Returns the state to resume from after a step. */
  public Path checkpoint(long step) {
    return run.at(relative + "/checkpoint-" + step + ".safetensors");
  }

  /** Returns the picture of a patch's weights, numbered from 0. */
  public Path map(int number) {
    return run.at(relative + "/maps/patch-" + number + ".png");
  }

  /** Returns the picture of the first patch's weights after a step. */
  public Path mapUnderWay(long step) {
    return run.at(relative + "/maps/step-" + step + ".png");
  }

  /** Returns the final weights, by their path below the run folder. */
  public String weights() {
    return relative + "/" + SharedPlace.WEIGHTS;
  }

  /** Returns the student as it is at its bits, by its path below the run folder. */
  public String packed() {
    return relative + "/packed.safetensors";
  }

  /** Returns what ends the attempt; written last. */
  public Path result() {
    return run.at(relative + "/result.json");
  }

  /** Returns the step that a checkpoint's file name tells, if it is one. */
  public static Optional<Long> checkpointStep(String name) {
    Matcher matcher = CHECKPOINT.matcher(name);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(Long.parseLong(matcher.group(1)));
  }

  /** Returns whether a file is what a process left that was killed while it wrote a checkpoint. */
  public static boolean isHalfWritten(String name) {
    return HALF_WRITTEN.matcher(name).matches();
  }
}
