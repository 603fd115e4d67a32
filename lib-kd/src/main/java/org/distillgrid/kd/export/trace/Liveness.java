package org.distillgrid.kd.export.trace;

import java.util.List;

/** Tells which steps the output needs. */
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

  private static void mark(Operand operand, boolean[] needed) {
    if (operand instanceof Operand.Result result) {
      needed[result.step()] = true;
    } else if (operand instanceof Operand.LengthLaws laws) {
      for (LengthLaw law : laws.laws()) {
        if (law instanceof LengthLaw.OfResult of) {
          needed[of.result().step()] = true;
        }
      }
    }
  }
}
