package org.distillgrid.kd.model;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.nn.Architecture;

/** Finds how far NaN spreads along one axis. */
final class ReachProbe {
  // Rows and columns never mix, so that a strip tells what the image would. One line is enough for
  // most networks; RLFN's attention needs 15.
  private static final int LINE = 1;
  private static final int STRIP = 16;
  // What reaches farther than half of the longest counts as an operation over the whole image.
  private static final int LONGEST = 1024;
  private static final List<Integer> LENGTHS = List.of(64, 256, LONGEST);
  // A pattern that moves on with each of a few places repeats after one pixel; windows and strides
  // show when they fit twice into many places.
  private static final int FEW = 4;
  private static final int MANY = 16;

  private final NanStrip strip;
  private final int scale;

  private ReachProbe(NanStrip strip) {
    this.strip = strip;
    this.scale = strip.target().scale();
  }

  /** Returns how far an output pixel sees along an axis. */
  static Reach along(
      NanStrip.Axis axis, Architecture network, ModelTarget target, NDManager manager) {
    try {
      return new ReachProbe(new NanStrip(network, target, axis, LINE, manager)).reach();
    } catch (GridException | EngineException e) {
      return new ReachProbe(new NanStrip(network, target, axis, STRIP, manager)).reach();
    }
  }

  private Reach reach() {
    for (int length : LENGTHS) {
      Optional<NanStrip.Trace> trace = strip.trace(length, length / 2);
      if (trace.isPresent()) {
        return local(Spread.of(List.of(trace.get()), scale).radius());
      }
    }
    return new Reach.WholeImage();
  }

  // What is reached differs a little from place to place, so that there must be room to spare.
  private Reach local(int radius) {
    for (int room = radius + radius / 4 + MANY; room <= LONGEST; room *= 2) {
      List<NanStrip.Trace> traces = new ArrayList<>();
      if (append(traces, room, FEW)) {
        Spread spread = Spread.of(traces, scale);
        if (spread.period().equals(OptionalInt.of(1))) {
          return spread.reach();
        }
        if (append(traces, room, MANY)) {
          return Spread.of(traces, scale).reach();
        }
      }
    }
    return new Reach.WholeImage();
  }

  private boolean append(List<NanStrip.Trace> traces, int room, int places) {
    while (traces.size() < places) {
      Optional<NanStrip.Trace> trace = strip.trace(2 * room + MANY, room + traces.size());
      if (trace.isEmpty()) {
        return false;
      }
      traces.add(trace.get());
    }
    return true;
  }
}
