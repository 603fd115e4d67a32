package org.distillgrid.kd.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import org.distillgrid.kd.distill.StudentCopies;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.quant.QuantizedNetwork;

/** What a trial gives its method of its student. */
final class Copies implements StudentCopies {
  private final QuantizedNetwork student;
  private final double decay;
  private List<MovingAverage> averages = List.of();

  /**
   * Makes copies of a student possible.
   *
   * @param decay of its moving average
   */
  Copies(QuantizedNetwork student, double decay) {
    this.student = student;
    this.decay = decay;
  }

  /** Takes note of the averages of the student's own sets, in the order of {@link #sets}. */
  void follow(List<MovingAverage> newAverages) {
    averages = List.copyOf(newAverages);
  }

  /**
   * Returns the sets of a student that training moves: weights and, where there are any, scales,
   * and ranges that it observes.
   */
  static List<ParameterSet> sets(QuantizedNetwork student) {
    List<ParameterSet> sets = new ArrayList<>();
    sets.add(student.network().parameters());
    if (!student.quantization().learned().isEmpty()) {
      sets.add(student.quantization().learned());
    }
    if (!student.quantization().observed().isEmpty()) {
      sets.add(student.quantization().observed());
    }
    return sets;
  }

  @Override
  public Copy copy(NDManager parent) {
    QuantizedNetwork copy = student.copy(parent);
    return new Copy(copy.network().architecture(), sets(copy));
  }

  @Override
  public List<NDArray> averages() {
    List<NDArray> flat = new ArrayList<>(averages.stream().map(MovingAverage::flat).toList());
    // An average by themselves, which no other is taken of.
    if (!student.quantization().observed().isEmpty()) {
      flat.add(student.quantization().observed().flat());
    }
    return flat;
  }

  @Override
  public List<NDArray> current() {
    return sets(student).stream().map(ParameterSet::flat).toList();
  }

  @Override
  public double decay() {
    return decay;
  }
}
