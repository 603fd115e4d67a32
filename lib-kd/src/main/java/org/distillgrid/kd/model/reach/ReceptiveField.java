package org.distillgrid.kd.model.reach;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.math.BigInteger;
import java.util.OptionalInt;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.random.Draws;

/**
 * Which part of its input an output pixel of a network depends on, whatever its weights are. It is
 * found by running the network on thin strips that hold NaN at one place: nothing that depends on
 * NaN is a number, and a weight of zero makes no difference.
 *
 * @param rows how far it sees upwards and downwards
 * @param columns how far it sees to the left and to the right
 */
public record ReceptiveField(Reach rows, Reach columns) {
  /**
   * Returns the field of a network. It is not the network itself that runs, but a copy on a CPU.
   */
  public static ReceptiveField of(Network network) {
    // Some kernels of GPUs mix neighbours on their way to a result that does not depend on them.
    try (NDManager manager = NDManager.newBaseManager(Device.cpu());
        Network copy =
            Network.build(
                network.name().canonical(), network.target(), Draws.of("field"), manager)) {
      return ReachProbe.field(copy.architecture(), copy.target(), manager);
    }
  }

  /** Returns the larger of both radii; nothing if one of them is the whole image. */
  public OptionalInt radius() {
    if (rows instanceof Reach.Local up && columns instanceof Reach.Local across) {
      return OptionalInt.of(Math.max(up.radius(), across.radius()));
    }
    return OptionalInt.empty();
  }

  /** Returns pixels after which both patterns repeat; nothing if one of them never does. */
  public OptionalInt period() {
    if (rows instanceof Reach.Local up
        && columns instanceof Reach.Local across
        && up.period().isPresent()
        && across.period().isPresent()) {
      return OptionalInt.of(common(up.period().getAsInt(), across.period().getAsInt()));
    }
    return OptionalInt.empty();
  }

  private static int common(int first, int second) {
    return first / BigInteger.valueOf(first).gcd(BigInteger.valueOf(second)).intValue() * second;
  }
}
