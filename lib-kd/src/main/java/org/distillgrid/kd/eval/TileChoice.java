package org.distillgrid.kd.eval;

import java.util.Optional;
import java.util.OptionalInt;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.model.reach.ReceptiveField;

/**
 * The tiling of a network within a memory bound.
 *
 * @param tiling side and overlap
 * @param difference why results are not those of the whole image, if they are not
 */
record TileChoice(Tiling tiling, Optional<String> difference) {
  private static final int SMALLEST_SIDE = 32;
  private static final int STANDARD_OVERLAP = 32;
  // Windows and strides of networks whose pattern is not known mostly divide it.
  private static final int STANDARD_PERIOD = 16;
  // Overlaps of a quarter at both borders: at most four times the work of the whole image.
  private static final int SIDE_TO_OVERLAP = 4;

  /**
   * Chooses the largest tiles that keep within a bound. They overlap by as much as the network sees
   * if that is at most a quarter of their side, else by 32 pixels or that quarter.
   *
   * @throws GridException if no tile keeps within it
   */
  static TileChoice of(Network network, PassMemory memory, MemoryBound bound) {
    int most = (int) Math.sqrt((double) memory.pixels(bound));
    requireSide(SMALLEST_SIDE, most, network, memory, bound);
    ReceptiveField field = ReceptiveField.of(network);
    int period = field.period().orElse(STANDARD_PERIOD);
    requireSide(period, most, network, memory, bound);
    int side = down(most, period);
    int largest = down(side / SIDE_TO_OVERLAP, period);
    OptionalInt radius = field.radius();
    if (radius.isPresent() && up(radius.getAsInt(), period) <= largest) {
      Tiling tiling = new Tiling(side, up(radius.getAsInt(), period), period);
      if (field.period().isPresent()) {
        return new TileChoice(tiling, Optional.empty());
      }
      return new TileChoice(
          tiling, Optional.of("what it sees depends on the place within the image"));
    }
    int overlap = Math.min(up(STANDARD_OVERLAP, period), largest);
    String difference =
        String.format("it sees %s rows and %s columns", field.rows(), field.columns());
    return new TileChoice(new Tiling(side, overlap, period), Optional.of(difference));
  }

  private static void requireSide(
      int least, int most, Network network, PassMemory memory, MemoryBound bound) {
    if (most < least) {
      long needed = (long) least * least * memory.bytesPerPixel();
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot restore with %s within %d MiB of memory: a tile of %d×%d pixels takes %d MiB",
          network.name().text(),
          bound.mebibytes(),
          least,
          least,
          new MemoryBound(needed).mebibytes() + 1);
    }
  }

  private static int down(int pixels, int multiple) {
    return pixels / multiple * multiple;
  }

  private static int up(int pixels, int multiple) {
    return (pixels + multiple - 1) / multiple * multiple;
  }
}
