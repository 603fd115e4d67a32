package org.distillgrid.jobs.shared;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.distillgrid.jobs.fleet.Fleet;
import org.distillgrid.jobs.fleet.RunInputs;
import org.distillgrid.jobs.folder.JsonFiles;
import org.distillgrid.jobs.worker.EvaluationImage;
import org.distillgrid.jobs.worker.NetworkWeights;
import org.distillgrid.jobs.worker.ReferenceOrder;

/** Scores what trials are compared with, once for a teacher and a list of test images. */
public final class References {
  private References() {}

  /**
   * Scores the references, or finds that this was done.
   *
   * @param inputs the run with its teacher and its test images
   * @param messages takes the summary, a line at a time
   * @throws org.distillgrid.kd.error.GridException if an image or the teacher cannot be used, or
   *     nothing can be written
   */
  public static ReferenceScores of(RunInputs inputs, Fleet fleet, Consumer<String> messages) {
    Optional<ReferenceScores> earlier = find(inputs);
    if (earlier.isPresent()) {
      return earlier.get();
    }
    return keep(inputs, fleet.await(order(inputs)), messages);
  }

  /**
   * Returns the scores of a run's teacher and test images if they are there, LPIPS if it is asked
   * for.
   */
  public static Optional<ReferenceScores> find(RunInputs inputs) {
    return new JsonFiles(inputs.run().files())
        .read(inputs.run().references(), ReferenceScores.class)
        .filter(scores -> scores.teacherHash().equals(inputs.teacher().hash()))
        .filter(scores -> scores.images().equals(images(inputs)))
        .filter(scores -> hasLpips(scores, inputs.lpips()));
  }

  private static boolean hasLpips(ReferenceScores scores, NetworkWeights wanted) {
    return !wanted.present() || scores.lpipsHash().equals(wanted.hash());
  }

  /** Returns the order to score them. */
  public static ReferenceOrder order(RunInputs inputs) {
    return new ReferenceOrder(inputs.trials(Map.of()));
  }

  /**
   * Writes the scores down that an order has left.
   *
   * @param messages takes the summary, a line at a time
   * @throws org.distillgrid.kd.error.GridException if nothing can be written
   */
  public static ReferenceScores keep(
      RunInputs inputs, ReferenceOrder.Scores scored, Consumer<String> messages) {
    List<String> images = images(inputs);
    ReferenceScores scores =
        new ReferenceScores(
            inputs.teacher().hash(),
            inputs.lpips().hash(),
            images,
            scored.teacher(),
            scored.bicubic());
    new JsonFiles(inputs.run().files()).write(inputs.run().references(), scores);
    messages.accept("References scored: " + images.size() + " test images");
    return scores;
  }

  private static List<String> images(RunInputs inputs) {
    return inputs.images().stream().map(EvaluationImage::source).toList();
  }
}
