package org.distillgrid.kd.train;

import java.util.Map;

/**
 * The training of one student, with a teacher or without, on the calling thread: a cohort of one,
 * so that the weights are those that a grid gives the same trial. For programs without Spark.
 */
public final class Training {
  private final TrainingDevice device;
  private final CohortSetup setup;
  private final TrainingBuilder.Progress progress;

  Training(TrainingDevice device, CohortSetup setup, TrainingBuilder.Progress progress) {
    this.device = device;
    this.setup = setup;
    this.progress = progress;
  }

  /** Returns a builder, of which student, task and images or patches must be set. */
  public static TrainingBuilder builder() {
    return new TrainingBuilder();
  }

  /**
   * Trains the student; waits while another training of this JVM runs.
   *
   * @return its weights, which {@link org.distillgrid.kd.weights.Safetensors} writes, the content
   *     of its packed file, and its curve
   * @throws org.distillgrid.kd.error.GridException if it cannot be trained
   */
  public TrainedTrial run() {
    SoleTrial trial = new SoleTrial(progress);
    CohortTraining.run(device, setup, Map.of(), trial);
    return trial.result(setup.trials().get(0).cell());
  }
}
