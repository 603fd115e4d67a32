package org.distillgrid.kd.export.trace;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the laws that lengths follow over the runs of a network at several input sizes. */
final class LengthSolver {
  private static final long INFERRED = -1;
  private static final int[] AXES = {0, 2, 3};

  private final List<Trace> traces;
  private final boolean[] needed;

  /**
   * Makes a solver.
   *
   * @param needed which steps the output needs; no law speaks of another
   */
  LengthSolver(List<Trace> traces, boolean[] needed) {
    this.traces = traces;
    this.needed = needed;
  }

  /**
   * Returns a law for each length.
   *
   * @param step before which it must be known
   * @param runs the lengths of each run
   * @param reshaping whether one length may be left for the operator to infer
   */
  Optional<Operand> laws(int step, List<List<Long>> runs, boolean reshaping) {
    int count = runs.get(0).size();
    List<LengthLaw> laws = new ArrayList<>();
    List<Integer> open = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int place = i;
      long[] values = runs.stream().mapToLong(run -> run.get(place)).toArray();
      if (isFixed(values)) {
        laws.add(new LengthLaw.Fixed(values[0]));
      } else {
        open.add(i);
        laws.add(law(step, values).orElse(null));
      }
    }
    if (reshaping && !open.isEmpty()) {
      laws.set(inferred(laws, open), new LengthLaw.Fixed(INFERRED));
    }
    if (laws.contains(null)) {
      return Optional.empty();
    }
    return Optional.of(new Operand.LengthLaws(laws));
  }

  // The one that no law was found for, or else the last.
  private static int inferred(List<LengthLaw> laws, List<Integer> open) {
    for (int place : open) {
      if (laws.get(place) == null) {
        return place;
      }
    }
    return open.get(open.size() - 1);
  }

  private Optional<LengthLaw> law(int step, long[] values) {
    Optional<LengthLaw> law = ofInput(values);
    if (law.isPresent()) {
      return law;
    }
    return ofResult(step, values);
  }

  // The runs after the first grow one axis each: those whose growth is seen are in the product.
  private Optional<LengthLaw> ofInput(long[] values) {
    List<Integer> axes = new ArrayList<>();
    for (int i = 0; i < AXES.length; i++) {
      if (values[i + 1] != values[0]) {
        axes.add(AXES[i]);
      }
    }
    if (axes.isEmpty()) {
      return Optional.empty();
    }
    long first = product(0, axes);
    int last = traces.size() - 1;
    long growth = product(last, axes) - first;
    if ((values[last] - values[0]) % growth != 0) {
      return Optional.empty();
    }
    long factor = (values[last] - values[0]) / growth;
    long offset = values[0] - factor * first;
    for (int i = 0; i < values.length; i++) {
      if (values[i] != factor * product(i, axes) + offset) {
        return Optional.empty();
      }
    }
    return Optional.of(new LengthLaw.OfInput(List.copyOf(axes), factor, offset));
  }

  private long product(int run, List<Integer> axes) {
    Shape input = traces.get(run).input();
    long product = 1;
    for (int axis : axes) {
      product *= input.get(axis);
    }
    return product;
  }

  // The latest step first: it is the nearest.
  private Optional<LengthLaw> ofResult(int step, long[] values) {
    for (int earlier = step - 1; earlier >= 0; earlier--) {
      if (!needed[earlier]) {
        continue;
      }
      List<Shape> shapes = traces.get(0).steps().get(earlier).shapes();
      for (int output = 0; output < shapes.size(); output++) {
        for (int axis = 0; axis < shapes.get(output).dimension(); axis++) {
          long factor = factor(earlier, output, axis, values);
          if (factor > 0) {
            Operand.Result result = new Operand.Result(earlier, output);
            return Optional.of(new LengthLaw.OfResult(result, axis, factor));
          }
        }
      }
    }
    return Optional.empty();
  }

  private long factor(int step, int output, int axis, long[] values) {
    long factor = 0;
    for (int run = 0; run < values.length; run++) {
      long length = traces.get(run).steps().get(step).shapes().get(output).get(axis);
      if (length == 0 || values[run] % length != 0) {
        return 0;
      }
      if (run == 0) {
        factor = values[0] / length;
      }
      if (values[run] != factor * length) {
        return 0;
      }
    }
    return factor;
  }

  private static boolean isFixed(long[] values) {
    for (long value : values) {
      if (value != values[0]) {
        return false;
      }
    }
    return true;
  }
}
