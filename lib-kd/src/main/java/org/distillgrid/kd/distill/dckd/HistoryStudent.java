package org.distillgrid.kd.distill.dckd;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.kd.distill.StudentCopies;
import org.distillgrid.kd.nn.FlatTensors;
import org.distillgrid.kd.nn.GradientMode;
import org.distillgrid.kd.nn.Inference;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.weights.HostTensor;

/**
 * The student as it was: a copy that now and then moves to the student's moving average, {@code
 * θ_his ← kept·θ_his + (1 − kept)·θ_ema}, as in the released code, or to the student itself, as in
 * the paper. Its quantisers' scales move in the same way, as they are averaged like the weights,
 * and so do ranges that go on moving in training; scales that calibration fixed stay. It starts as
 * the student does. Source: known for weights; reconstructed for scales, DCKD's students are not
 * quantised.
 */
final class HistoryStudent implements AutoCloseable {
  private static final String VALUES = "history";

  /** What it moves to. */
  enum Source {
    /** The student's moving average: the released code's. */
    EMA {
      @Override
      List<NDArray> of(StudentCopies copies) {
        return copies.averages();
      }
    },
    /** The student: the paper's Eq. 6. */
    STUDENT {
      @Override
      List<NDArray> of(StudentCopies copies) {
        return copies.current();
      }
    };

    abstract List<NDArray> of(StudentCopies copies);
  }

  private final StudentCopies copies;
  private final Source source;
  private final double kept;
  private final NDManager manager;
  private Optional<StudentCopies.Copy> opened = Optional.empty();

  HistoryStudent(StudentCopies copies, Source source, double kept, NDManager parent) {
    this.copies = copies;
    this.source = source;
    this.kept = kept;
    this.manager = parent.newSubManager();
  }

  /** Returns what it makes of inputs, off the gradient tape and in their manager. */
  NDArray output(NDArray inputs) {
    return Inference.output(copy().network(), inputs);
  }

  /** Becomes a copy of the student as it is now, if it is none yet. */
  void begin() {
    copy();
  }

  /** Moves towards its source as it is now. */
  void move() {
    GradientMode.off(
        () -> {
          List<ParameterSet> own = copy().parameters();
          List<NDArray> aims = source.of(copies);
          for (int i = 0; i < own.size(); i++) {
            move(own.get(i).flat(), aims.get(i));
          }
        });
  }

  private void move(NDArray own, NDArray aim) {
    try (NDArray share = Scaled.by(1 - kept, aim)) {
      Scaled.inPlace(kept, own).addi(share);
    }
  }

  // A method is made before its student is calibrated or resumed, so the copy waits to be asked
  // for.
  private StudentCopies.Copy copy() {
    if (opened.isEmpty()) {
      opened = Optional.of(GradientMode.off(() -> copies.copy(manager)));
    }
    return opened.get();
  }

  /** Returns its numbers; none before it has been asked for. */
  SortedMap<String, HostTensor> state() {
    SortedMap<String, HostTensor> state = new TreeMap<>();
    opened.ifPresent(
        copy -> {
          for (int i = 0; i < copy.parameters().size(); i++) {
            state.put(VALUES + i, FlatTensors.export(copy.parameters().get(i).flat()));
          }
        });
    return state;
  }

  /** Takes back what {@link #state} gave. */
  void restore(SortedMap<String, HostTensor> state) {
    if (state.isEmpty()) {
      return;
    }
    List<ParameterSet> own = copy().parameters();
    for (int i = 0; i < own.size(); i++) {
      own.get(i).overwrite(state.get(VALUES + i).values());
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
