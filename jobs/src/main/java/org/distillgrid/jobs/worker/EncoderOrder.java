package org.distillgrid.jobs.worker;

import java.util.List;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.jobs.spec.TaskSpec;
import org.distillgrid.kd.train.Schedule;

/**
 * An order to train the small encoder that methods compare images in; it is its only training.
 *
 * @param id hash of everything that decides the encoder
 * @param run the run folder
 * @param folder the folder of all attempts at it, below the run folder
 * @param data fingerprint of the patch table
 * @param task whose patches are encoded
 * @param threads threads of the training
 * @param seed decides first values, batches and augmentations
 * @param schedule how long and how fast
 * @param validatePatches most patches of one validation
 * @param attempt the beginning of the ids of its attempts
 */
public record EncoderOrder(
    String id,
    RunFolder run,
    String folder,
    String data,
    TaskSpec task,
    int threads,
    long seed,
    Schedule schedule,
    int validatePatches,
    String attempt)
    implements TrainingOrder, Training {

  @Override
  public String purpose() {
    return "train the encoder";
  }

  @Override
  public long steps() {
    return schedule.steps();
  }

  @Override
  public List<EncoderOrder> trainings() {
    return List.of(this);
  }

  @Override
  public EncoderOrder alone(Training training, String freshAttempt) {
    return new EncoderOrder(
        id, run, folder, data, task, threads, seed, schedule, validatePatches, freshAttempt);
  }

  @Override
  public TrialResult neverRun(String training, String error) {
    return Provenance.unknown(threads, NetworkWeights.NONE).failed(training, "", 0, error);
  }

  @Override
  public List<TrialResult> carryOut() {
    return EncoderTask.run(this);
  }
}
