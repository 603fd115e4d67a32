package org.distillgrid.kd.export.trace;

import java.util.List;

/** Tells which steps the output needs, and how often. */
final class Liveness {
  private Liveness() {}

  static boolean[] of(Trace trace) {
    List<Step> steps = trace.steps();
    boolean[] needed = new boolean[steps.size()];
    needed[trace.output().step()] = true;
    for (int i = steps.size() - 1; i >= 0; i--) {
      if (needed[i]) {
        steps.get(i).operands().forEach(operand -> mark(operand, needed));
      }
    }
    return needed;
  }

  /** Returns how many needed steps read what each step made; the output counts as one. */
  static int[] readers(Trace trace) {
    boolean[] needed = of(trace);
    int[] readers = new int[needed.length];
    readers[trace.output().step()]++;
    for (int i = 0; i < needed.length; i++) {
      if (needed[i]) {
        for (Operand operand : trace.steps().get(i).operands()) {
          if (operand instanceof Operand.Result result) {
            readers[result.step()]++;
          }
        }
      }
    }
    return readers;
  }

  private static void mark(Operand operand, boolean[] needed) {
    if (operand instanceof Operand.Result result) {
      needed[result.step()] = true;
    } else if (operand instanceof Operand.LengthLaws laws) {
      for (LengthLaw law : laws.laws()) {
        if (law instanceof LengthLaw.OfResult of) {
          needed[of.result().step()] = true;
        } else if (law instanceof LengthLaw.Missing missing) {
          mark(missing.of(), needed);
        }
      }
    }
  }
}
