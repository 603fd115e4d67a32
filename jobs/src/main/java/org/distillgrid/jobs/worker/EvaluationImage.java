package org.distillgrid.jobs.worker;

import java.io.Serializable;
import java.util.function.Function;
import org.distillgrid.kd.eval.NamedImage;
import org.distillgrid.kd.image.PlanarImage;

/**
 * A ground-truth image on which trials are scored.
 *
 * @param dataset the name of its evaluation set
 * @param image its path below the set's folder
 * @param location the file, fully qualified
 * @param input the file that networks are shown, or empty where the task degrades the ground truth
 */
public record EvaluationImage(String dataset, String image, String location, String input)
    implements Serializable {
  /**
   * Returns it for an evaluator.
   *
   * @param read reads a file when its turn comes
   */
  public NamedImage named(Function<String, PlanarImage> read) {
    NamedImage truth = new NamedImage(dataset, image, () -> read.apply(location));
    if (input.isEmpty()) {
      return truth;
    }
    return truth.withInput(() -> read.apply(input));
  }

  /** Returns what tells it from others: where its files lie. */
  public String source() {
    if (input.isEmpty()) {
      return location;
    }
    return location + " of " + input;
  }
}
