package org.distillgrid.kd.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.nn.HostValues;
import org.distillgrid.kd.nn.Inference;
import org.distillgrid.kd.nn.Tensors;
import org.distillgrid.kd.prediction.PredictionSet;
import org.distillgrid.kd.prediction.PredictionSize;
import org.distillgrid.kd.prediction.ShardHeader;
import org.distillgrid.kd.prediction.ShardWriter;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.task.Task;
import org.distillgrid.kd.train.patches.PatchSource;

/**
 * Runs a teacher over patches in all eight turns, for training to read its outputs instead of
 * running it. A pass is always over the same patches, {@link PredictionSet#PATCHES_IN_PASS} of them
 * in all their turns, so that the same bits come out whoever makes which shards in which order.
 *
 * @param device what it runs on
 * @param teacher the frozen network
 * @param task whose input is fixed, see {@link Task#inputIsFixed}
 * @param patches squares of one size
 */
public record Predictor(
    TrainingDevice device, CohortSetup.Teacher teacher, Task task, PatchSource patches) {
  private static final Dihedral[] TURNS = Dihedral.values();
  private static final Draws DRAWS = Draws.of("predictions");

  /** Is told how it goes, on the thread that predicts. */
  public interface Listener {
    /** A pass of the teacher has ended; what this throws ends the work. */
    void passed();

    /** A shard is made. */
    void made(ShardHeader shard, byte[] content);
  }

  /** Refuses a task that shows a network something else at each step. */
  public Predictor {
    if (!task.inputIsFixed()) {
      throw new IllegalArgumentException("The input of " + task.name() + " is drawn anew");
    }
  }

  /**
   * Makes some shards on the calling thread, with the teacher opened once; waits while a training
   * of this JVM runs.
   *
   * @throws org.distillgrid.kd.error.GridException if the teacher cannot be opened, or gives what
   *     is no number
   */
  public void predict(List<ShardHeader> shards, Listener listener) {
    TrainingSlot.exclusively(
        () -> {
          try (NDManager manager = device.open()) {
            predict(shards, listener, manager);
          }
          return null;
        });
  }

  private void predict(List<ShardHeader> shards, Listener listener, NDManager manager) {
    ModelTarget target = new ModelTarget(shards.get(0).size().channels(), task.scale());
    String source = "the teacher's weights";
    try (Network network =
        Network.load(teacher.model(), target, teacher.weights(), source, manager)) {
      for (ShardHeader shard : shards) {
        listener.made(shard, shard(shard, network, listener, manager));
      }
    }
  }

  private byte[] shard(ShardHeader shard, Network network, Listener listener, NDManager manager) {
    ShardWriter writer = new ShardWriter(shard);
    int end = shard.first() + shard.patches();
    for (int first = shard.first(); first < end; first += PredictionSet.PATCHES_IN_PASS) {
      int count = Math.min(PredictionSet.PATCHES_IN_PASS, end - first);
      float[] outputs = outputs(first, count, network, manager);
      int samples = shard.size().samples();
      for (int i = 0; i < count * PredictionSize.TURNS; i++) {
        int patch = first + i / PredictionSize.TURNS;
        writer.put(patch, i % PredictionSize.TURNS, outputs, i * samples);
      }
      listener.passed();
    }
    return writer.bytes();
  }

  private float[] outputs(int first, int count, Network network, NDManager manager) {
    PlanarImage one = patches.pair(first).input();
    int samples = one.samples().length;
    float[] inputs = new float[count * PredictionSize.TURNS * samples];
    int at = 0;
    for (int patch = first; patch < first + count; patch++) {
      PlanarImage stored = patches.pair(patch).input();
      for (Dihedral turn : TURNS) {
        float[] input = task.input(turn.apply(stored), DRAWS.at(patch, "input"));
        System.arraycopy(input, 0, inputs, at, samples);
        at += samples;
      }
    }
    int images = count * PredictionSize.TURNS;
    Shape shape = new Shape(images, one.channels(), one.height(), one.width());
    try (NDManager pass = manager.newSubManager()) {
      NDArray batch = Tensors.aligned(inputs, shape, pass);
      return HostValues.of(Inference.output(network.architecture(), batch));
    }
  }
}
