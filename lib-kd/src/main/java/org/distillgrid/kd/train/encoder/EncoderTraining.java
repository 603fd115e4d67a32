package org.distillgrid.kd.train.encoder;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.kd.distill.LossTerms;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.perceptual.VqAutoEncoder;
import org.distillgrid.kd.quant.CodebookLookup;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.train.BatchStream;
import org.distillgrid.kd.train.CohortListener;
import org.distillgrid.kd.train.CurveRecorder;
import org.distillgrid.kd.train.Schedule;
import org.distillgrid.kd.train.TrainedSets;
import org.distillgrid.kd.train.TrainedTrial;
import org.distillgrid.kd.train.TrainingDevice;
import org.distillgrid.kd.train.TrainingSlot;
import org.distillgrid.kd.train.patches.PatchSource;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.HostTensor;
import org.distillgrid.kd.weights.WeightHash;

/**
 * Trains the small encoder that images are compared in where no weights are given: as a VQ
 * auto-encoder of the ground truth of the training patches, {@code L = L1(image, decoded) + ‖sg[z]
 * − e‖² + β·‖z − sg[e]‖²}, β = 0.25.
 *
 * <p>Source: van den Oord et al., VQ-VAE, 2017 (known: loss and β). Reconstructed: everything else;
 * no adversary and no perceptual loss take part.
 */
public final class EncoderTraining implements AutoCloseable {
  private static final double BETA = 0.25;
  private static final double NANOSECONDS = 1e9;
  private static final String NETWORK = "encoder";
  private static final String STEP_KEY = "step";
  private static final String SECONDS_KEY = "seconds";

  private final EncoderSetup setup;
  private final Schedule schedule;
  private final CohortListener listener;
  private final NDManager manager;
  private final BatchStream stream;
  private final VqAutoEncoder network;
  private final Codebook codebook;
  private final TrainedSets sets;
  private final CurveRecorder curve = new CurveRecorder();
  private long step;
  private double seconds;

  private EncoderTraining(EncoderSetup setup, CohortListener listener, NDManager parent) {
    this.setup = setup;
    this.schedule = setup.schedule();
    this.listener = listener;
    this.manager = parent.newSubManager();
    this.stream = new BatchStream(setup.training(), setup.task(), schedule.batches(), setup.seed());
    Draws draws = Draws.of("encoder/" + setup.seed());
    this.network = new VqAutoEncoder(setup.shape(), draws, manager);
    this.codebook = new Codebook(network, draws, schedule.steps(), manager);
    this.sets = new TrainedSets(schedule, manager);
    sets.add(NETWORK, network.parameters());
  }

  /**
   * Trains an encoder on the calling thread; waits while another training of this JVM runs.
   *
   * @param resume a state that the listener was given before
   * @param listener is given an encoder that {@link org.distillgrid.kd.perceptual.VqEncoder} loads
   * @throws GridException if the loss is not finite
   */
  public static void run(
      TrainingDevice device,
      EncoderSetup setup,
      Optional<Checkpoint> resume,
      CohortListener listener) {
    TrainingSlot.exclusively(
        () -> {
          try (NDManager manager = device.open()) {
            run(manager, setup, resume, listener);
          }
          return null;
        });
  }

  /** Trains an encoder whose arrays all belong to a manager, one way or another. */
  static void run(
      NDManager manager, EncoderSetup setup, Optional<Checkpoint> resume, CohortListener listener) {
    try (EncoderTraining training = new EncoderTraining(setup, listener, manager)) {
      resume.ifPresent(training::restore);
      training.run();
    }
  }

  private void run() {
    while (step < schedule.steps()) {
      long started = System.nanoTime();
      train();
      seconds += (System.nanoTime() - started) / NANOSECONDS;
      listener.stepEnded(step, schedule.steps());
      boolean last = step == schedule.steps();
      if (last || step % schedule.validateEvery() == 0) {
        validate();
      }
      if (!last && step % schedule.checkpointEvery() == 0) {
        listener.checkpoint(setup.id(), step, state());
      }
    }
    listener.finished(result());
  }

  private void train() {
    try (NDManager scratch = manager.newSubManager()) {
      NDArray images = EncoderImages.of(stream.training(step, scratch).target());
      codebook.prepare(step, images);
      descend(images);
      double rate = schedule.rateAt(step);
      step++;
      sets.update(step, rate, scratch);
    }
  }

  private void descend(NDArray images) {
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      CodebookLookup lookup = codebook.lookUp(network.latent(images), BETA);
      NDArray decoded = network.decode(lookup.quantized());
      LossTerms terms =
          LossTerms.of("pixel", decoded.sub(images).abs().mean()).and("codebook", lookup.loss());
      collector.backward(terms.total());
      double total = curve.add(terms);
      if (!Double.isFinite(total)) {
        throw GridException.of(
            ErrorCode.TRAINING, "Cannot train the encoder: at step %d the loss is %s", step, total);
      }
      codebook.count(lookup);
    }
  }

  private void validate() {
    PatchSource validation = setup.validation().centres(schedule.windows().side());
    curve.observe(Map.of("encoder/entries_used", codebook.used()));
    curve.mark(step);
    curve.add(step, "learning_rate", schedule.rateAt(step - 1));
    double psnr = sets.averaged(() -> EncoderImages.psnr(validation, network, codebook, manager));
    curve.add(step, "validation_psnr", psnr);
  }

  private Checkpoint state() {
    SortedMap<String, HostTensor> tensors = new TreeMap<>();
    sets.export(tensors);
    codebook.export(tensors);
    SortedMap<String, String> metadata = new TreeMap<>();
    metadata.put(STEP_KEY, Long.toString(step));
    metadata.put(SECONDS_KEY, Double.toString(seconds));
    curve.export(metadata);
    return new Checkpoint(tensors, metadata);
  }

  private void restore(Checkpoint state) {
    sets.restore(state.tensors());
    codebook.restore(state.tensors());
    curve.restore(state.metadata());
    step = Long.parseLong(state.metadata().get(STEP_KEY));
    seconds = Double.parseDouble(state.metadata().get(SECONDS_KEY));
  }

  private TrainedTrial result() {
    Checkpoint weights = sets.averaged(network::encoder);
    long parameters =
        weights.tensors().values().stream().mapToLong(tensor -> tensor.values().length).sum();
    return new TrainedTrial(
        setup.id(),
        step,
        seconds,
        weights,
        WeightHash.of(weights.tensors()),
        parameters,
        new byte[0],
        Optional.empty(),
        curve.points());
  }

  @Override
  public void close() {
    manager.close();
  }
}
