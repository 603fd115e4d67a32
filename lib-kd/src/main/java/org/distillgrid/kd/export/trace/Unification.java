package org.distillgrid.kd.export.trace;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Joins the runs at the sizes of {@link Samples} into one list of steps for all sizes: what differs
 * between them must follow a law.
 */
public final class Unification {
  private final List<Trace> traces;
  private final boolean[] needed;
  private final LengthSolver lengths;
  private String obstacle = "";

  private Unification(List<Trace> traces) {
    this.traces = traces;
    this.needed = Liveness.of(traces.get(0));
    this.lengths = new LengthSolver(traces, needed);
  }

  /**
   * What came of it.
   *
   * @param trace the first run with laws in it; absent where the runs cannot be joined
   * @param obstacle why not, or empty
   */
  public record Outcome(Optional<Trace> trace, String obstacle) {}

  /** Joins runs of one network. */
  public static Outcome of(List<Trace> traces) {
    Unification unification = new Unification(traces);
    Optional<Trace> joined = unification.join();
    return new Outcome(joined, unification.obstacle);
  }

  private Optional<Trace> join() {
    Trace first = traces.get(0);
    for (Trace other : traces) {
      if (other.steps().size() != first.steps().size() || !other.output().equals(first.output())) {
        return fail("it takes other steps at other sizes");
      }
    }
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < first.steps().size(); i++) {
      int place = i;
      if (!needed[i]) {
        steps.add(first.steps().get(i));
        continue;
      }
      Optional<Step> step =
          join(place, traces.stream().map(trace -> trace.steps().get(place)).toList());
      if (step.isEmpty()) {
        return Optional.empty();
      }
      steps.add(step.get());
    }
    return Optional.of(new Trace(first.input(), steps, first.output()));
  }

  private Optional<Step> join(int place, List<Step> runs) {
    Step first = runs.get(0);
    for (Step other : runs) {
      if (!other.operator().equals(first.operator())
          || !other.attributes().equals(first.attributes())
          || other.operands().size() != first.operands().size()) {
        return fail("it takes other steps at other sizes, the first " + first.operator());
      }
    }
    List<Operand> operands = new ArrayList<>();
    for (int i = 0; i < first.operands().size(); i++) {
      int operand = i;
      Optional<Operand> joined =
          operand(place, runs.stream().map(run -> run.operands().get(operand)).toList(), first);
      if (joined.isEmpty()) {
        return Optional.empty();
      }
      operands.add(joined.get());
    }
    return Optional.of(first.with(operands));
  }

  private Optional<Operand> operand(int place, List<Operand> runs, Step step) {
    Operand first = runs.get(0);
    if (runs.stream().allMatch(other -> isSame(first, other))) {
      return Optional.of(first);
    }
    Optional<Operand> law = Optional.empty();
    if (runs.stream().allMatch(Operand.Lengths.class::isInstance)) {
      List<List<Long>> rows = runs.stream().map(run -> ((Operand.Lengths) run).values()).toList();
      law = lengths.laws(place, rows, step.operator().equals("Reshape"));
    } else if (runs.stream().allMatch(Operand.Scalar.class::isInstance)) {
      law = scalar(runs.stream().map(run -> ((Operand.Scalar) run).value()).toList());
    }
    if (law.isEmpty()) {
      return fail(
          String.format(
              "what its %s %s reads goes with the size in no known way",
              step.operator(), step.label()));
    }
    return law;
  }

  private static boolean isSame(Operand one, Operand other) {
    if (one instanceof Operand.Constant first && other instanceof Operand.Constant second) {
      return first.isSame(second);
    }
    if (one instanceof Operand.Stored first && other instanceof Operand.Stored second) {
      return first.tensor().name().equals(second.tensor().name());
    }
    return one.equals(other);
  }

  // 1/√(H·W) is what the mean over pixels and the like need.
  private Optional<Operand> scalar(List<Float> runs) {
    double pixels = pixels(0);
    int last = traces.size() - 1;
    double power = Math.log(runs.get(last) / runs.get(0)) / Math.log(pixels(last) / pixels);
    double rounded = Math.rint(2 * power) / 2;
    double factor = runs.get(0) / Math.pow(pixels, rounded);
    for (int i = 0; i < runs.size(); i++) {
      double wanted = factor * Math.pow(pixels(i), rounded);
      if (!(Math.abs(runs.get(i) - wanted) <= 1e-6 * Math.abs(wanted))) {
        return Optional.empty();
      }
    }
    return Optional.of(new Operand.ScalarLaw((float) factor, (float) rounded));
  }

  private double pixels(int run) {
    Shape input = traces.get(run).input();
    return (double) input.get(2) * input.get(3);
  }

  private <T> Optional<T> fail(String reason) {
    obstacle = reason;
    return Optional.empty();
  }
}
