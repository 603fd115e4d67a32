package org.distillgrid.jobs.shared;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.distillgrid.jobs.fleet.Fleet;
import org.distillgrid.jobs.fleet.RunInputs;
import org.distillgrid.jobs.folder.JsonFiles;
import org.distillgrid.jobs.worker.EvaluationImage;
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
    JsonFiles json = new JsonFiles(inputs.run().files());
    Path path = inputs.run().references();
    String teacher = inputs.teacher().hash();
    List<String> images = inputs.images().stream().map(EvaluationImage::location).toList();
    Optional<ReferenceScores> earlier =
        json.read(path, ReferenceScores.class)
            .filter(scores -> scores.teacherHash().equals(teacher))
            .filter(scores -> scores.images().equals(images));
    if (earlier.isPresent()) {
      return earlier.get();
    }
    ReferenceOrder.Scores scored = fleet.await(new ReferenceOrder(inputs.trials(Map.of())));
    ReferenceScores scores =
        new ReferenceScores(teacher, images, scored.teacher(), scored.bicubic());
    json.write(path, scores);
    messages.accept("References scored: " + images.size() + " test images");
    return scores;
  }
}
