package org.distillgrid.kd.distill.dckd;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.kd.distill.Aliases;
import org.distillgrid.kd.distill.StepTensors;
import org.distillgrid.kd.nn.GradientMode;
import org.distillgrid.kd.nn.HostValues;
import org.distillgrid.kd.perceptual.PerceptualEncoder;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.weights.HostTensor;

/** The contrastive term at work: a history student that makes the negatives, and their ratio. */
final class DckdContrast implements AutoCloseable {
  private static final String SERIES = Dckd.NAME + "/";

  private final PerceptualEncoder encoder;
  private final DckdRatio ratio;
  private final NoisyCopies noise;
  private final UpdateTimetable timetable;
  private final HistoryStudent history;
  private final long start;
  private final Draws draws;
  private final SortedMap<String, Double> observed = new TreeMap<>();
  private Optional<NDArray> lastRatios = Optional.empty();

  /**
   * Makes the term.
   *
   * @param start the first step, counted from 0, that the negatives count at
   */
  DckdContrast(
      PerceptualEncoder encoder,
      DckdRatio ratio,
      NoisyCopies noise,
      UpdateTimetable timetable,
      HistoryStudent history,
      long start,
      Draws draws) {
    this.encoder = encoder;
    this.ratio = ratio;
    this.noise = noise;
    this.timetable = timetable;
    this.history = history;
    this.start = start;
    this.draws = draws;
  }

  /**
   * Returns the weighted ratio of a step, a scalar in the manager of the student's features.
   *
   * @param student features of the student's output, on the tape
   * @param teacher features of the teacher's, off the tape
   */
  NDArray of(StepTensors tensors, List<NDArray> student, List<NDArray> teacher) {
    if (tensors.step() < start) {
      history.begin();
      return tensors.student().output().getManager().zeros(new Shape());
    }
    List<NDArray> near = ratio.distances(student, teacher);
    List<NDArray> ratios = ratio.ratios(near, far(tensors, student));
    lastRatios = Optional.of(GradientMode.off(() -> NDArrays.stack(new NDList(ratios))));
    return ratio.weighted(ratios);
  }

  private List<NDArray> far(StepTensors tensors, List<NDArray> student) {
    try (NDManager scratch = tensors.input().getManager().newSubManager()) {
      NDArray negatives = GradientMode.off(() -> negatives(tensors, scratch));
      long images = tensors.input().getShape().get(0);
      List<NDArray> sums = List.of();
      for (long first = 0; first < negatives.getShape().get(0); first += images) {
        NDArray negative = negatives.get(new NDIndex("{}:{}", first, first + images));
        sums = sums(sums, distances(student, negative));
      }
      return sums;
    }
  }

  private NDArray negatives(StepTensors tensors, NDManager scratch) {
    NDArray input = Aliases.in(scratch, tensors.input());
    return history.output(noise.after(input, tensors.step(), draws));
  }

  // Features are large: those of one negative are gone before the next one is encoded.
  private List<NDArray> distances(List<NDArray> student, NDArray negative) {
    try (NDManager scratch = negative.getManager().newSubManager()) {
      negative.attach(scratch);
      return ratio.distances(student, GradientMode.off(() -> encoder.levels(negative)));
    }
  }

  private static List<NDArray> sums(List<NDArray> sums, List<NDArray> more) {
    if (sums.isEmpty()) {
      return more;
    }
    List<NDArray> longer = new ArrayList<>();
    for (int i = 0; i < sums.size(); i++) {
      longer.add(sums.get(i).add(more.get(i)));
    }
    return longer;
  }

  /** Takes note that the student has been updated: the history student may move now. */
  void stepEnded(StepTensors tensors) {
    lastRatios.ifPresent(this::observe);
    lastRatios = Optional.empty();
    double moved = 0;
    if (timetable.isDue(tensors.step() + 1)) {
      history.move();
      moved = 1;
    }
    observed.put(SERIES + "history_moved", moved);
  }

  private void observe(NDArray last) {
    List<Integer> levels = ratio.levels();
    float[] ratios = HostValues.of(last);
    for (int i = 0; i < ratios.length; i++) {
      observed.put(SERIES + "ratio" + levels.get(i), (double) ratios[i]);
    }
  }

  Map<String, Double> observations() {
    return observed;
  }

  SortedMap<String, HostTensor> state() {
    return history.state();
  }

  void restore(SortedMap<String, HostTensor> state) {
    history.restore(state);
  }

  @Override
  public void close() {
    history.close();
  }
}
