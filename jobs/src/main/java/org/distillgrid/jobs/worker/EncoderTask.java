package org.distillgrid.jobs.worker;

import java.util.List;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.journal.TrialResult;
import org.distillgrid.jobs.table.PatchStore;
import org.distillgrid.jobs.table.PreparedData;
import org.distillgrid.kd.perceptual.EncoderShape;
import org.distillgrid.kd.task.Task;
import org.distillgrid.kd.task.Tasks;
import org.distillgrid.kd.train.TrainingDevice;
import org.distillgrid.kd.train.encoder.EncoderSetup;
import org.distillgrid.kd.train.encoder.EncoderTraining;

/** Trains an encoder on the device of the Spark task that it runs in; it is scored on no image. */
final class EncoderTask {
  private EncoderTask() {}

  /** Returns the result of the training, once it has ended. */
  static List<TrialResult> run(EncoderOrder order) {
    RunFolder run = order.run();
    Assignment assignment = Assignment.of(order);
    TrainingDevice device = TrainingDevice.of(assignment.place().gpuAddresses(), order.threads());
    Provenance provenance = Provenance.of(device, assignment.place().slot(), NetworkWeights.NONE);
    AttemptListener listener =
        new AttemptListener(
            assignment.folders(order, run),
            id -> provenance,
            trained -> List.of(),
            id -> StudentCosts.Cost.NONE,
            assignment.stopped());
    Task task = Tasks.of(order.task().name(), order.task().scale());
    try (PatchStore training = PatchStore.open(run, PreparedData.TRAIN, order.data());
        PatchStore validation = PatchStore.open(run, PreparedData.VALID, order.data())) {
      EncoderSetup setup =
          new EncoderSetup(
              order.id(),
              EncoderShape.small(),
              task,
              order.seed(),
              order.schedule(),
              training,
              new ChosenPatches(validation, order.validatePatches()));
      EncoderTraining.run(device, setup, new Attempts(run, order).newestCheckpoint(), listener);
    } catch (RuntimeException e) {
      listener.failRest(e);
    }
    return listener.results();
  }
}
