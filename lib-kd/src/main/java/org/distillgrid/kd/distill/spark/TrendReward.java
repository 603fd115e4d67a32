package org.distillgrid.kd.distill.spark;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.kd.distill.Aliases;
import org.distillgrid.kd.distill.StepTensors;
import org.distillgrid.kd.nn.FlatTensors;
import org.distillgrid.kd.nn.HostValues;
import org.distillgrid.kd.nn.Tensors;
import org.distillgrid.kd.weights.HostTensor;

/**
 * The reward without a forward pass of its own: how far L1(S, Y) lies below its running mean, over
 * that mean. A map bears on the loss of the step after its own, so that is where it is paid, and
 * all its images alike. Reconstructed.
 */
final class TrendReward implements Reward {
  private static final String LOSS = "loss";
  private static final String SIGNALS = "signals";
  private static final String ACTION = "action";

  private final double decay;
  private final NDManager manager;
  private Optional<Drawn> previous = Optional.empty();
  // Single precision, so that a checkpoint holds it to the bit.
  private float runningLoss;

  TrendReward(double decay, NDManager parent) {
    this.decay = decay;
    this.manager = parent.newSubManager();
  }

  @Override
  public Optional<Lesson> lesson(StepTensors tensors, Drawn drawn, NDManager scratch) {
    NDArray output = Aliases.in(scratch, tensors.student().output());
    float loss = HostValues.number(output.sub(tensors.target()).abs().mean());
    Optional<Lesson> lesson = previous.map(earlier -> paid(earlier, loss, scratch));
    if (previous.isEmpty()) {
      runningLoss = loss;
    }
    runningLoss = (float) (decay * runningLoss + (1 - decay) * loss);
    forget();
    previous = Optional.of(drawn.in(manager));
    return lesson;
  }

  private Lesson paid(Drawn earlier, float loss, NDManager scratch) {
    Drawn moved = earlier.in(scratch);
    long images = moved.action().getShape().get(0);
    float reward = (runningLoss - loss) / Math.max(runningLoss, Float.MIN_NORMAL);
    return new Lesson(moved, scratch.full(new Shape(images, 1, 1, 1), reward));
  }

  private void forget() {
    previous.ifPresent(
        earlier -> {
          earlier.signals().close();
          earlier.action().close();
        });
    previous = Optional.empty();
  }

  @Override
  public SortedMap<String, HostTensor> state() {
    SortedMap<String, HostTensor> state = new TreeMap<>();
    previous.ifPresent(
        earlier -> {
          state.put(LOSS, new HostTensor(new long[0], new float[] {runningLoss}));
          state.put(SIGNALS, FlatTensors.export(earlier.signals()));
          state.put(ACTION, FlatTensors.export(earlier.action()));
        });
    return state;
  }

  @Override
  public void restore(SortedMap<String, HostTensor> state) {
    forget();
    if (state.containsKey(LOSS)) {
      runningLoss = state.get(LOSS).values()[0];
      previous = Optional.of(new Drawn(tensor(state.get(SIGNALS)), tensor(state.get(ACTION))));
    }
  }

  private NDArray tensor(HostTensor saved) {
    return Tensors.aligned(saved.values(), new Shape(saved.shape()), manager);
  }

  @Override
  public void close() {
    manager.close();
  }
}
