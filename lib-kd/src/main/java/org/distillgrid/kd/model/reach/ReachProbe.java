package org.distillgrid.kd.model.reach;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.nn.Architecture;

/** Finds how far NaN spreads. */
final class ReachProbe {
  // Rows and columns never mix, so that a strip tells what the image would. One line is enough for
  // most networks; RLFN's attention needs 15.
  private static final int LINE = 1;
  private static final int STRIP = 16;
  // What reaches farther than half of the longest counts as an operation over the whole image.
  private static final int LONGEST = 1024;
  private static final List<Integer> LENGTHS = List.of(64, 256, 512, LONGEST);
  // A pattern that moves on with each of a few places repeats after one pixel; windows and strides
  // of up to 8 pixels show in many places.
  private static final int FEW = 4;
  private static final int MANY = 12;

  private final NanStrip strip;
  private final int scale;
  private final List<NanStrip.Trace> traces = new ArrayList<>();
  private int length;

  private ReachProbe(NanStrip strip) {
    this.strip = strip;
    this.scale = strip.target().scale();
  }

  /** Returns how far an output pixel sees along both axes. */
  static ReceptiveField field(Architecture network, ModelTarget target, NDManager manager) {
    try {
      return field(new NanStrip(network, target, NanStrip.Axis.ROWS, LINE, manager));
    } catch (GridException | EngineException e) {
      return field(new NanStrip(network, target, NanStrip.Axis.ROWS, STRIP, manager));
    }
  }

  private static ReceptiveField field(NanStrip tall) {
    ReachProbe rows = new ReachProbe(tall);
    Reach up = rows.reach();
    NanStrip wide = tall.along(NanStrip.Axis.COLUMNS);
    if (rows.repeatsIn(wide)) {
      return new ReceptiveField(up, up);
    }
    return new ReceptiveField(up, new ReachProbe(wide).reach());
  }

  private Reach reach() {
    for (int tried : LENGTHS) {
      Optional<NanStrip.Trace> trace = strip.trace(tried, tried / 2);
      if (trace.isPresent()) {
        return local(Spread.of(List.of(trace.get()), scale).radius());
      }
    }
    return new Reach.WholeImage();
  }

  // What is reached differs a little from place to place; with too little room, more is tried.
  private Reach local(int radius) {
    for (int room = radius + MANY; room <= LONGEST; room += room / 2) {
      traces.clear();
      length = 2 * room + MANY;
      if (append(room, FEW)) {
        Spread spread = Spread.of(traces, scale);
        if (spread.period().equals(OptionalInt.of(1))) {
          return spread.reach();
        }
        if (append(room, MANY)) {
          return Spread.of(traces, scale).reach();
        }
      }
    }
    traces.clear();
    return new Reach.WholeImage();
  }

  private boolean append(int room, int places) {
    while (traces.size() < places) {
      Optional<NanStrip.Trace> trace = strip.trace(length, room + traces.size());
      if (trace.isEmpty()) {
        return false;
      }
      traces.add(trace.get());
    }
    return true;
  }

  // Most networks treat rows and columns alike; some of the traces tell.
  private boolean repeatsIn(NanStrip other) {
    return !traces.isEmpty()
        && IntStream.range(0, FEW)
            .mapToObj(i -> traces.get(i * traces.size() / FEW))
            .allMatch(trace -> other.trace(length, trace.place()).equals(Optional.of(trace)));
  }
}
