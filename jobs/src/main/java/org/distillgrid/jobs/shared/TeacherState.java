package org.distillgrid.jobs.shared;

import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.worker.TeacherWeights;

/**
 * What {@code teacher.json} says; written last, it makes the teacher valid.
 *
 * @param key hash of everything that decides the weights
 * @param model the teacher's model name
 * @param weightHash SHA-256 of its weights
 * @param source the checkpoint that was taken, or {@code trained}
 * @param steps updates that it was trained for; 0 when it was taken
 * @param seconds time that its training took
 */
public record TeacherState(
    String key, String model, String weightHash, String source, long steps, double seconds)
    implements KeptNetwork.State {
  TeacherWeights weights(RunFolder run) {
    return new TeacherWeights(model, run.teacher().weights(), weightHash);
  }
}
