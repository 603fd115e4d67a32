package org.distillgrid.kd.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.image.UnitRange;
import org.distillgrid.kd.nn.Tensors;
import org.distillgrid.kd.prediction.PredictionSize;
import org.distillgrid.kd.prediction.Predictions;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.task.Task;
import org.distillgrid.kd.train.patches.PatchSource;
import org.distillgrid.kd.train.recipe.Batches;
import org.distillgrid.kd.train.recipe.Window;
import org.distillgrid.kd.train.recipe.Windows;

/**
 * The augmented batches of one seed. A batch depends on the seed and its number alone: which trials
 * read it, on which machine, after which resume, changes nothing.
 */
public final class BatchStream {
  private static final Dihedral[] TURNS = Dihedral.values();

  private final PatchSource patches;
  private final Task task;
  private final Batches batches;
  private final Draws draws;
  private final PatchSize patch;
  private long epochInHand = -1;
  private int[] order;

  /** The batches of as many whole patches each. */
  public BatchStream(PatchSource patches, Task task, int batch, long seed) {
    this(patches, task, Batches.whole(batch), seed);
  }

  /**
   * The batches of a training.
   *
   * @param patches of one size, no smaller than a window
   * @param batches how many windows of which side each step takes
   */
  public BatchStream(PatchSource patches, Task task, Batches batches, long seed) {
    this.patches = patches;
    this.task = task;
    this.batches = batches;
    this.draws = Draws.of("batches/" + seed);
    this.patch = patch(patches, batches);
    batches.spans().forEach(span -> requireFit(span.window()));
  }

  // Where patches are seen whole, none needs be looked at for its size.
  private static PatchSize patch(PatchSource patches, Batches batches) {
    if (patches.size() == 0 || batches.spans().stream().allMatch(span -> span.window() == 0)) {
      return PatchSize.ANY;
    }
    PlanarImage target = patches.pair(0).target();
    return new PatchSize(target.height(), target.width());
  }

  private void requireFit(int window) {
    if (patch.equals(PatchSize.ANY) || window == 0) {
      return;
    }
    if (window % task.scale() != 0 || window > Math.min(patch.height(), patch.width())) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot cut windows: %d pixels do not fit patches of %d×%d at scale %d",
          window,
          patch.width(),
          patch.height(),
          task.scale());
    }
  }

  /** How large the ground truth of every patch is, where windows are cut from it. */
  private record PatchSize(int height, int width) {
    private static final PatchSize ANY = new PatchSize(0, 0);
  }

  /**
   * One batch.
   *
   * @param input values in [0, 1], N×C×h×w
   * @param target ground truth in [0, 1], N×C×H×W
   */
  public record Batch(NDArray input, NDArray target) {}

  /** Which patch lies where in a batch, and the number of its turn. */
  private record Place(int index, int turn) {}

  /**
   * Returns the batch of a training step: every patch, or a window of it, once an epoch, flipped
   * and turned.
   */
  public Batch training(long step, NDManager manager) {
    WindowCut cut = new WindowCut(batches.at(step).window(), draws.at(step, "window"));
    List<PatchSource.Pair> pairs = new ArrayList<>();
    for (Place place : places(step)) {
      pairs.add(TURNS[place.turn()].apply(cut.of(place.index())));
    }
    return assemble(pairs, step, "input", manager);
  }

  /** Cuts one window after the other, wherever it falls on the grid of the input. */
  private final class WindowCut {
    private final int side;
    private final UniformRandomProvider places;

    WindowCut(int window, UniformRandomProvider places) {
      this.side = window / task.scale();
      this.places = places;
    }

    PatchSource.Pair of(int index) {
      if (side == 0) {
        return patches.pair(index);
      }
      int row = places.nextInt(patch.height() / task.scale() - side + 1);
      int column = places.nextInt(patch.width() / task.scale() - side + 1);
      return patches.pair(index, new Window(row, column, side, side));
    }
  }

  /** Returns what predictions say of the batch of a training step, N×C×H×W. */
  NDArray predicted(long step, Predictions predictions, NDManager manager) {
    PredictionSize size = predictions.size();
    int batch = batches.at(step).batch();
    float[] outputs = new float[batch * size.samples()];
    int at = 0;
    for (Place place : places(step)) {
      predictions.read(place.index(), place.turn(), outputs, at);
      at += size.samples();
    }
    Shape shape = new Shape(batch, size.channels(), size.height(), size.width());
    return Tensors.aligned(outputs, shape, manager);
  }

  private List<Place> places(long step) {
    UniformRandomProvider turns = draws.at(step, "augment");
    int batch = batches.at(step).batch();
    long before = batches.before(step);
    List<Place> places = new ArrayList<>(batch);
    for (int i = 0; i < batch; i++) {
      int index = indexAt(before + i);
      places.add(new Place(index, turns.nextInt(TURNS.length)));
    }
    return places;
  }

  /** Returns one of the batches that quantisers are calibrated on: patches as the first step's. */
  NDArray calibration(int number, NDManager manager) {
    Windows.Span first = batches.at(0);
    WindowCut cut = new WindowCut(first.window(), draws.at(number, "calibration window"));
    List<PatchSource.Pair> pairs = new ArrayList<>();
    UniformRandomProvider chosen = draws.at(number, "calibration");
    for (int i = 0; i < first.batch(); i++) {
      pairs.add(cut.of(chosen.nextInt(patches.size())));
    }
    return assemble(pairs, number, "calibration input", manager).input();
  }

  /** Returns a batch of one pair, whose input values are given. */
  static Batch single(float[] input, PatchSource.Pair pair, NDManager manager) {
    PlanarImage target = pair.target();
    return new Batch(
        Tensors.aligned(input, shape(1, pair.input()), manager),
        Tensors.aligned(UnitRange.of(target), shape(1, target), manager));
  }

  private Batch assemble(
      List<PatchSource.Pair> pairs, long step, String purpose, NDManager manager) {
    PlanarImage firstInput = pairs.get(0).input();
    PlanarImage firstTarget = pairs.get(0).target();
    float[] inputs = new float[pairs.size() * firstInput.samples().length];
    float[] targets = new float[pairs.size() * firstTarget.samples().length];
    for (int i = 0; i < pairs.size(); i++) {
      float[] input = task.input(pairs.get(i).input(), draws.at(step, purpose + "/" + i));
      System.arraycopy(input, 0, inputs, i * input.length, input.length);
      byte[] target = pairs.get(i).target().samples();
      for (int j = 0; j < target.length; j++) {
        targets[i * target.length + j] = (target[j] & 0xff) / 255f;
      }
    }
    return new Batch(
        Tensors.aligned(inputs, shape(pairs.size(), firstInput), manager),
        Tensors.aligned(targets, shape(pairs.size(), firstTarget), manager));
  }

  private int indexAt(long position) {
    long epoch = position / patches.size();
    if (epoch != epochInHand) {
      order = permutation(patches.size(), draws.at(epoch, "order"));
      epochInHand = epoch;
    }
    return order[Math.toIntExact(position % patches.size())];
  }

  private static int[] permutation(int size, UniformRandomProvider draws) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int other = draws.nextInt(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
    return order;
  }

  private static Shape shape(int count, PlanarImage image) {
    return new Shape(count, image.channels(), image.height(), image.width());
  }
}
