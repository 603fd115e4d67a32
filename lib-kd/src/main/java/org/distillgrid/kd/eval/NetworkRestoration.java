package org.distillgrid.kd.eval;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.function.Consumer;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.image.UnitRange;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.nn.HostValues;
import org.distillgrid.kd.nn.Inference;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.task.Degraded;
import org.distillgrid.kd.task.Task;

/**
 * Restores images with a network: whole where that keeps within a memory bound, else tile by tile.
 * What a task adds anew, noise for instance, is added to the whole image first. Used by one thread.
 */
final class NetworkRestoration implements Restoration {
  private final Network network;
  private final Task task;
  private final MemoryBound bound;
  private final Consumer<String> notes;
  private PassMemory memory;
  private Tiling tiling;

  NetworkRestoration(Network network, Task task, MemoryBound bound, Consumer<String> notes) {
    this.network = network;
    this.task = task;
    this.bound = bound;
    this.notes = notes;
  }

  @Override
  public PlanarImage restore(Degraded degraded, Draws draws) {
    PlanarImage stored = degraded.stored();
    float[] values = task.input(degraded, draws.at(0, "input"));
    InputImage input = new InputImage(stored.channels(), stored.height(), stored.width(), values);
    if (input.pixels() <= memory().pixels(bound)) {
      return whole(input);
    }
    return tiled(input, tiling());
  }

  /** Restores tile by tile and joins the parts of the tiles that are kept. */
  PlanarImage tiled(InputImage input, Tiling tiles) {
    Mosaic mosaic = new Mosaic(network.target(), input.height(), input.width());
    for (Tiling.Span rows : tiles.spans(input.height())) {
      for (Tiling.Span columns : tiles.spans(input.width())) {
        mosaic.put(whole(input.crop(rows, columns)), rows, columns);
      }
    }
    return mosaic.image();
  }

  private PlanarImage whole(InputImage input) {
    try (NDManager pass = network.parameters().flat().getManager().newSubManager()) {
      NDArray output = Inference.output(network.architecture(), input.tensor(pass));
      Shape restored = output.getShape();
      return UnitRange.image(
          HostValues.of(output),
          (int) restored.get(1),
          (int) restored.get(2),
          (int) restored.get(3));
    }
  }

  private PassMemory memory() {
    if (memory == null) {
      memory = PassMemory.of(network);
    }
    return memory;
  }

  private Tiling tiling() {
    if (tiling == null) {
      TileChoice choice = TileChoice.of(network, memory(), bound);
      tiling = choice.tiling();
      choice.difference().ifPresent(difference -> notes.accept(note(difference)));
    }
    return tiling;
  }

  private String note(String difference) {
    return String.format(
        "Large images are restored in tiles of %d×%d pixels that overlap by %d, to keep within"
            + " %d MiB; with %s that differs from whole images near the tiles' borders: %s",
        tiling.side(),
        tiling.side(),
        tiling.overlap(),
        bound.mebibytes(),
        network.name().text(),
        difference);
  }
}
