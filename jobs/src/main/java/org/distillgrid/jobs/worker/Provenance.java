package org.distillgrid.jobs.worker;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.distillgrid.jobs.journal.Circumstances;
import org.distillgrid.jobs.journal.FailedResult;
import org.distillgrid.jobs.journal.FinishedResult;
import org.distillgrid.jobs.journal.ImageMetrics;
import org.distillgrid.jobs.journal.LpipsNetwork;
import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.kd.train.TrainedTrial;
import org.distillgrid.kd.train.TrainingDevice;

/**
 * What every result of one task says of where it came from.
 *
 * @param device {@code cpu} or {@code gpu:0}
 * @param slot the host, executor and address that Spark assigned
 * @param threads intra-op threads
 * @param teacherHash SHA-256 of the teacher's weights; empty without a teacher
 * @param lpips in whose features LPIPS compared images; null where it was not measured
 * @param versions what computed it
 */
record Provenance(
    String device,
    String slot,
    int threads,
    String teacherHash,
    LpipsNetwork lpips,
    TrialResult.Versions versions) {

  private static final String UNKNOWN = "unknown";

  /** Returns the provenance of what is trained on a device. */
  static Provenance of(TrainingDevice device, String slot, NetworkWeights teacher) {
    TrialResult.Versions versions = versions(device.engineVersion());
    return new Provenance(device.name(), slot, device.threads(), teacher.hash(), null, versions);
  }

  /** Returns the provenance of what no task has reported. */
  static Provenance unknown(int threads, NetworkWeights teacher) {
    return new Provenance(UNKNOWN, UNKNOWN, threads, teacher.hash(), null, versions(UNKNOWN));
  }

  /** Returns that of a training which no teacher takes part in. */
  Provenance withoutTeacher() {
    return new Provenance(device, slot, threads, NetworkWeights.NONE.hash(), lpips, versions);
  }

  /** Returns that of a training whose images are judged so. */
  Provenance judged(Judging judging) {
    return new Provenance(device, slot, threads, teacherHash, judging.network(), versions);
  }

  private static TrialResult.Versions versions(String engine) {
    String version = Provenance.class.getPackage().getImplementationVersion();
    return new TrialResult.Versions(
        Objects.requireNonNullElse(version, "development"), engine, Runtime.version().toString());
  }

  /** What an attempt wrote, by the paths of the files below the run folder. */
  record Files(String weights, String packed) {}

  FinishedResult finished(
      TrainedTrial trained,
      String attempt,
      Files files,
      StudentCosts.Cost cost,
      List<ImageMetrics> scores) {
    return new FinishedResult(
        circumstances(trained.id(), attempt, trained.steps()),
        trained.seconds(),
        trained.parameters(),
        trained.packed().length,
        cost.macs(),
        cost.bitOperations(),
        trained.weightHash(),
        files.weights(),
        files.packed(),
        trained.diverged().orElse(""),
        lpips,
        scores,
        trained.curve());
  }

  FailedResult failed(String trialId, String attempt, long step, String error) {
    return new FailedResult(circumstances(trialId, attempt, step), error);
  }

  private Circumstances circumstances(String trialId, String attempt, long steps) {
    String now = Instant.now().toString();
    return new Circumstances(
        trialId, attempt, steps, device, slot, threads, teacherHash, versions, now);
  }
}
