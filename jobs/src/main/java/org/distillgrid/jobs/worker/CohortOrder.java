package org.distillgrid.jobs.worker;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.jobs.spec.TaskSpec;
import org.distillgrid.kd.train.Cell;
import org.distillgrid.kd.train.Schedule;

/**
 * Everything that a device is told to train one cohort.
 *
 * @param work what all cohorts of a stage share
 * @param seed the seed that its members share
 * @param members who is trained
 * @param attempt the beginning of the ids of its members' attempts; Spark's own retries add to it
 */
public record CohortOrder(Work work, long seed, List<CohortMember> members, String attempt)
    implements TrainingOrder {

  /**
   * What all cohorts of a stage share.
   *
   * @param run the run folder
   * @param data fingerprint of the patch table
   * @param task what is restored
   * @param channels image channels
   * @param threads threads of one training
   * @param maxPixels bound on the pixels of an evaluated image
   * @param schedule how long and how fast
   * @param calibrationBatches batches on which quantisers set their ranges
   * @param validatePatches most patches of one validation
   * @param teacher the teacher's weights, or none
   * @param predictions what the teacher says of the training patches, or none
   * @param encoder the encoder's weights, or none
   * @param initial paths below the run folder of the weights to start from, by student and seed,
   *     see {@link #initialKey}
   * @param images what every member is scored on; empty for none
   * @param judging how they are judged
   * @param evaluationMemory MiB that one of them may take
   */
  public record Work(
      RunFolder run,
      String data,
      TaskSpec task,
      int channels,
      int threads,
      long maxPixels,
      Schedule schedule,
      int calibrationBatches,
      int validatePatches,
      NetworkWeights teacher,
      KeptPredictions predictions,
      NetworkWeights encoder,
      Map<String, String> initial,
      List<EvaluationImage> images,
      Judging judging,
      long evaluationMemory)
      implements Serializable {

    public Work {
      initial = Map.copyOf(initial);
      images = List.copyOf(images);
    }

    /** Returns the result of a member that no device has ever worked on. */
    public TrialResult neverRun(String id, String error) {
      return Provenance.unknown(threads, teacher).failed(id, "", 0, error);
    }
  }

  public CohortOrder {
    members = List.copyOf(members);
  }

  /** Returns the key of a cell's student and seed in {@link Work#initial}. */
  public static String initialKey(Cell cell) {
    return cell.label() + "@" + cell.seed();
  }

  @Override
  public String purpose() {
    String first = "train " + members.get(0).setup().cell();
    if (members.size() == 1) {
      return first;
    }
    return first + " and " + (members.size() - 1) + " more";
  }

  @Override
  public List<CohortMember> trainings() {
    return members;
  }

  @Override
  public CohortOrder alone(Training training, String freshAttempt) {
    List<CohortMember> one =
        members.stream().filter(member -> member.id().equals(training.id())).toList();
    return new CohortOrder(work, seed, one, freshAttempt);
  }

  @Override
  public TrialResult neverRun(String id, String error) {
    return work.neverRun(id, error);
  }

  @Override
  public List<TrialResult> carryOut() {
    return CohortTask.run(this);
  }
}
