package org.distillgrid.jobs.shared;

import java.util.Optional;
import org.distillgrid.jobs.fleet.RunInputs;
import org.distillgrid.jobs.folder.SharedPlace;
import org.distillgrid.jobs.plan.EncoderKey;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.worker.EncoderOrder;
import org.distillgrid.kd.perceptual.EncoderShape;
import org.distillgrid.kd.perceptual.VqEncoder;
import org.distillgrid.kd.train.Schedule;
import org.distillgrid.kd.weights.Checkpoint;

/** The encoder that methods compare images in: that of a VQGAN, or a small one of our own. */
final class EncoderRecipe implements Recipe {
  private final RunInputs inputs;
  private final RunSpec spec;

  EncoderRecipe(RunInputs inputs) {
    this.inputs = inputs;
    this.spec = inputs.spec();
  }

  @Override
  public SharedPlace place() {
    return inputs.run().encoder();
  }

  @Override
  public String called() {
    return "the encoder";
  }

  @Override
  public String nameField() {
    return "encoder";
  }

  @Override
  public Optional<String> source() {
    return spec.encoder().weights();
  }

  @Override
  public String name(Checkpoint given) {
    return VqEncoder.name(given, source().orElseThrow());
  }

  @Override
  public String trainedName() {
    return EncoderShape.small().canonical();
  }

  @Override
  public EncoderOrder order(String freshAttempt) {
    Schedule schedule = spec.encoder().train().settings().over(spec.data());
    int threads = spec.cluster().threadsOr(spec.encoder().train().threads());
    int validatePatches = spec.train().validatePatches();
    EncoderKey key = new EncoderKey(trainedName(), SEED, schedule, validatePatches, threads);
    String id = key.id(inputs.data());
    return new EncoderOrder(
        id,
        inputs.run(),
        place().training(id).relative(),
        inputs.data(),
        spec.task(),
        threads,
        SEED,
        schedule,
        validatePatches,
        freshAttempt);
  }
}
