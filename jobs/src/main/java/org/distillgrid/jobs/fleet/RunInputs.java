package org.distillgrid.jobs.fleet;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.plan.ContentKeys;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.worker.CohortOrder;
import org.distillgrid.jobs.worker.EvaluationImage;
import org.distillgrid.jobs.worker.Judging;
import org.distillgrid.jobs.worker.KeptPredictions;
import org.distillgrid.jobs.worker.NetworkWeights;
import org.distillgrid.kd.train.Schedule;

/**
 * What the trainings of a run are made from.
 *
 * @param spec the run's spec
 * @param catalog what the spec can name
 * @param run the run folder
 * @param data fingerprint of the patch table
 * @param teacher the teacher's weights, or {@link NetworkWeights#NONE} where there is none (yet)
 * @param predictions what the teacher says of the training patches, or {@link KeptPredictions#NONE}
 *     where no trial reads it (yet)
 * @param encoder the encoder's weights, or {@link NetworkWeights#NONE} where there is none (yet)
 * @param lpips the network in whose features LPIPS compares restored images, or {@link
 *     NetworkWeights#NONE}
 * @param students the weights that the spec gives students, by the students' labels
 * @param images what every trial is scored on
 */
public record RunInputs(
    RunSpec spec,
    Catalog catalog,
    RunFolder run,
    String data,
    NetworkWeights teacher,
    KeptPredictions predictions,
    NetworkWeights encoder,
    NetworkWeights lpips,
    Map<String, NetworkWeights> students,
    List<EvaluationImage> images) {

  public RunInputs {
    students = Map.copyOf(students);
    images = List.copyOf(images);
  }

  /** Returns the inputs of a run of which only patches and test images are there. */
  public static RunInputs begun(
      RunSpec spec, Catalog catalog, RunFolder run, String data, List<EvaluationImage> images) {
    return new RunInputs(
        spec,
        catalog,
        run,
        data,
        NetworkWeights.NONE,
        KeptPredictions.NONE,
        NetworkWeights.NONE,
        NetworkWeights.NONE,
        Map.of(),
        images);
  }

  /** Returns what trial ids depend on beside the spec. */
  public ContentKeys keys() {
    Map<String, String> given = new HashMap<>();
    students.forEach((label, weights) -> given.put(label, weights.hash()));
    return new ContentKeys(data, teacher.hash(), encoder.hash(), given);
  }

  /** Returns these inputs with a teacher. */
  public RunInputs withTeacher(NetworkWeights weights) {
    return new RunInputs(
        spec, catalog, run, data, weights, predictions, encoder, lpips, students, images);
  }

  /** Returns these inputs with what the teacher says of the training patches. */
  public RunInputs withPredictions(KeptPredictions kept) {
    return new RunInputs(spec, catalog, run, data, teacher, kept, encoder, lpips, students, images);
  }

  /** Returns these inputs with an encoder. */
  public RunInputs withEncoder(NetworkWeights weights) {
    return new RunInputs(
        spec, catalog, run, data, teacher, predictions, weights, lpips, students, images);
  }

  /** Returns these inputs with a network in whose features LPIPS compares restored images. */
  public RunInputs withLpips(NetworkWeights weights) {
    return new RunInputs(
        spec, catalog, run, data, teacher, predictions, encoder, weights, students, images);
  }

  /** Returns these inputs with the weights that the spec gives students. */
  public RunInputs withStudents(Map<String, NetworkWeights> given) {
    return new RunInputs(
        spec, catalog, run, data, teacher, predictions, encoder, lpips, given, images);
  }

  /**
   * Returns the work of trainings without teacher and encoder, which are not scored.
   *
   * @param threads threads of one training
   * @param initial see {@link CohortOrder.Work#initial}
   */
  public CohortOrder.Work withoutTeacher(
      Schedule schedule, int threads, Map<String, String> initial) {
    RunInputs alone =
        withTeacher(NetworkWeights.NONE)
            .withPredictions(KeptPredictions.NONE)
            .withEncoder(NetworkWeights.NONE);
    return alone.work(schedule, threads, initial, List.of());
  }

  /** Returns the work of predicting, for which nothing is scored. */
  public CohortOrder.Work predicting() {
    return work(trialSchedule(), spec.cluster().threads(), Map.of(), List.of());
  }

  /**
   * Returns the work of the trials.
   *
   * @param initial see {@link CohortOrder.Work#initial}
   */
  public CohortOrder.Work trials(Map<String, String> initial) {
    return work(trialSchedule(), spec.cluster().threads(), initial, images);
  }

  private Schedule trialSchedule() {
    return spec.train().settings().over(spec.data());
  }

  private CohortOrder.Work work(
      Schedule schedule, int threads, Map<String, String> initial, List<EvaluationImage> scoredOn) {
    return new CohortOrder.Work(
        run,
        data,
        spec.task(),
        spec.data().channels(),
        threads,
        spec.data().maxPixels(),
        schedule,
        spec.train().calibrationBatches(),
        spec.train().validatePatches(),
        teacher,
        predictions,
        encoder,
        initial,
        scoredOn,
        judging(scoredOn),
        spec.evaluate().memory());
  }

  private Judging judging(List<EvaluationImage> scoredOn) {
    if (scoredOn.isEmpty()) {
      return Judging.of(spec, NetworkWeights.NONE);
    }
    return Judging.of(spec, lpips);
  }
}
