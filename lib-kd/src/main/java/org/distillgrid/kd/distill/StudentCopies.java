package org.distillgrid.kd.distill;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.ParameterSet;

/**
 * The student as a method may own it: copies of it, quantised as it is, and the moving average of
 * its numbers, which a copy can be moved to. Both are there from the trial's first step on.
 */
public interface StudentCopies {
  /**
   * A copy of the student that shares no tensor with it: its passes leave the student's tape and
   * its batch statistics alone.
   *
   * @param network to be run off the tape
   * @param parameters its own weights and statistics and, where its quantisers learn or go on to
   *     observe theirs, their scales and ranges; none of them is a leaf of the tape
   */
  record Copy(Architecture network, List<ParameterSet> parameters) {
    public Copy {
      parameters = List.copyOf(parameters);
    }
  }

  /**
   * Returns a copy with the numbers that the student has now.
   *
   * @param parent owns its tensors
   */
  Copy copy(NDManager parent);

  /**
   * Returns the student's moving averages, each in the layout of the flat buffer of the set at the
   * same place in {@link Copy#parameters}; they move on with every step and stay the trainer's.
   * Observed ranges are averages by themselves and given as they are.
   */
  List<NDArray> averages();

  /** Returns the student's own numbers, as {@link #averages} does. */
  List<NDArray> current();

  /** Returns what an average keeps of itself at a step, below 1. */
  double decay();
}
