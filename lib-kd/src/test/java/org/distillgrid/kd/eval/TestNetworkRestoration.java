package org.distillgrid.kd.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.image.UnitRange;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.model.reach.ReceptiveField;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.task.Degraded;
import org.distillgrid.kd.task.SuperResolution;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TestNetworkRestoration {
  private static final MemoryBound PLENTY = MemoryBound.mebibytes(1024);

  private final List<String> notes = new ArrayList<>();
  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  // PyTorch takes other kernels for other sizes, so that the last bits of a value differ and a few
  // of the values that lie between two steps of 8 bits are rounded to the other one.
  @Test
  void tilesThatOverlapByWhatEdsrSeesMakeNoDifference() {
    Network network = lively("edsr-c8-b2", 2);
    int radius = ReceptiveField.of(network).radius().orElseThrow();
    NetworkRestoration restoration = restoration(network, 2, PLENTY);
    Degraded image = texture(53, 71);
    PlanarImage whole = restoration.restore(image, Draws.of("t"));
    for (int side : List.of(2 * radius + 1, 32, 41, 60)) {
      requireEqual(tiled(restoration, image, new Tiling(side, radius, 1)), whole);
    }
    PlanarImage seams = tiled(restoration, image, new Tiling(32, radius - 4, 1));
    assertThat(largestDifference(seams, whole)).as("too small an overlap").isGreaterThan(1);
  }

  /** Windows are shifted and wrapped at borders, and the image is no multiple of them. */
  @Test
  void tilesInPhaseWithWindowsMakeNoDifference() {
    Network network = lively("swinir-c12-d2-h2-w8", 2);
    ReceptiveField field = ReceptiveField.of(network);
    int overlap = (field.radius().orElseThrow() + 7) / 8 * 8;
    NetworkRestoration restoration = restoration(network, 2, PLENTY);
    Degraded image = texture(75, 91);
    PlanarImage whole = restoration.restore(image, Draws.of("t"));
    int side = 2 * overlap + 16;
    assertThat(side).isLessThan(75);
    requireEqual(tiled(restoration, image, new Tiling(side, overlap, 8)), whole);
    PlanarImage shifted = tiled(restoration, image, new Tiling(side + 2, overlap + 2, 2));
    assertThat(largestDifference(shifted, whole)).as("out of phase").isGreaterThan(1);
  }

  @Test
  void tilesAreChosenByTheBound() {
    Network network = lively("edsr-c8-b2", 3);
    Degraded image = texture(90, 130);
    PlanarImage whole = restoration(network, 3, PLENTY).restore(image, Draws.of("t"));
    PassMemory memory = PassMemory.of(network);
    MemoryBound small = new MemoryBound(50 * 50 * memory.bytesPerPixel());
    requireEqual(restoration(network, 3, small).restore(image, Draws.of("t")), whole);
    TileChoice choice = TileChoice.of(network, memory, small);
    assertThat(choice).isEqualTo(new TileChoice(new Tiling(50, 8, 1), Optional.empty()));
    assertThat(notes).isEmpty();
  }

  @Test
  void saysOnceThatTilesDiffer() {
    Network network = lively("rlfn-c4", 2);
    long pixel = PassMemory.of(network).bytesPerPixel();
    MemoryBound small = new MemoryBound(70 * 70 * pixel);
    NetworkRestoration restoration = restoration(network, 2, small);
    Degraded image = texture(90, 130);
    PlanarImage tiles = restoration.restore(image, Draws.of("t"));
    restoration.restore(image, Draws.of("t"));
    assertThat(notes).hasSize(1);
    assertThat(notes.get(0))
        .startsWith("Large images are restored in tiles of 64×64 pixels that overlap by 16, to")
        .contains(
            "rlfn-c4 that differs from whole images near the tiles' borders: it sees about 2");
    PlanarImage whole = restoration(network, 2, PLENTY).restore(image, Draws.of("t"));
    assertThat(meanDifference(tiles, whole)).isBetween(1e-3, 1.0);
  }

  @Test
  void refusesABoundThatNoTileKeeps() {
    Network network = lively("edsr-c6-b2", 2);
    NetworkRestoration restoration = restoration(network, 2, MemoryBound.mebibytes(1));
    assertThatThrownBy(() -> restoration.restore(texture(90, 130), Draws.of("t")))
        .isInstanceOf(GridException.class)
        .hasMessage(
            "Cannot restore with edsr-c6-b2 within 1 MiB of memory:"
                + " a tile of 32×32 pixels takes 2 MiB");
  }

  private NetworkRestoration restoration(Network network, int scale, MemoryBound bound) {
    return new NetworkRestoration(network, new SuperResolution(scale), bound, notes::add);
  }

  private static PlanarImage tiled(
      NetworkRestoration restoration, Degraded degraded, Tiling tiling) {
    PlanarImage image = degraded.stored();
    InputImage input =
        new InputImage(image.channels(), image.height(), image.width(), UnitRange.of(image));
    return restoration.tiled(input, tiling);
  }

  // First values make outputs near zero, whose differences rounding would hide.
  private Network lively(String model, int scale) {
    Network network = Network.build(model, new ModelTarget(3, scale), Draws.of("lively"), manager);
    network.parameters().flat().muli(1.5f);
    return network;
  }

  private static Degraded texture(int height, int width) {
    byte[] samples = new byte[3 * height * width];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (i * 7919 % 251);
    }
    return Degraded.of(new PlanarImage(3, height, width, samples));
  }

  private static void requireEqual(PlanarImage actual, PlanarImage expected) {
    assertThat(largestDifference(actual, expected)).isLessThanOrEqualTo(1);
    assertThat(meanDifference(actual, expected)).isLessThan(1e-3);
  }

  private static int largestDifference(PlanarImage left, PlanarImage right) {
    int largest = 0;
    for (int i = 0; i < left.samples().length; i++) {
      int difference = (left.samples()[i] & 0xff) - (right.samples()[i] & 0xff);
      largest = Math.max(largest, Math.abs(difference));
    }
    return largest;
  }

  private static double meanDifference(PlanarImage left, PlanarImage right) {
    double sum = 0;
    for (int i = 0; i < left.samples().length; i++) {
      sum += Math.abs((left.samples()[i] & 0xff) - (right.samples()[i] & 0xff));
    }
    return sum / left.samples().length;
  }
}
