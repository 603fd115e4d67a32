package org.distillgrid.jobs.journal;

import java.io.Serializable;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Under which circumstances an attempt at a trial ended, however it ended.
 *
 * @param trialId the trial's id
 * @param attempt the attempt's id; empty where no device has ever worked on the trial
 * @param steps updates made
 * @param device {@code cpu} or {@code gpu:0}
 * @param slot the host, executor and address that Spark assigned
 * @param threads intra-op threads; another count gives other bits
 * @param teacherHash SHA-256 of the teacher's weights; empty where no teacher takes part
 * @param versions what computed it
 * @param finishedAt the time in UTC, ISO 8601
 */
public record Circumstances(
    String trialId,
    String attempt,
    long steps,
    String device,
    String slot,
    int threads,
    String teacherHash,
    TrialResult.Versions versions,
    String finishedAt)
    implements Serializable {
  /** Refuses what lacks something that every version has written. */
  public Circumstances {
    Stream.of(trialId, attempt, versions, finishedAt).forEach(Objects::requireNonNull);
  }

  /** Returns the same of a trial with another id that no teacher takes part in. */
  public Circumstances withoutTeacher(String id) {
    return new Circumstances(id, attempt, steps, device, slot, threads, "", versions, finishedAt);
  }
}
