package org.distillgrid.kd.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.eval.ImageFolder;
import org.distillgrid.kd.image.ImageReader;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.task.Task;

/** The patches of all images directly inside a folder, held in memory, by the images' names. */
public final class FolderPatches implements PatchSource {
  private static final long MAX_PIXELS = 100_000_000;

  private final List<CutImage> images = new ArrayList<>();

  private FolderPatches() {}

  /**
   * Reads and degrades the images of a folder, and cuts them edge to edge.
   *
   * @param imageChannels 1 or 3
   * @param patch side of a ground-truth patch in pixels, a multiple of the task's scale
   * @throws GridException of code INPUT if there is no image, or one cannot be read or is smaller
   *     than a patch; of code USAGE if the side is no multiple of the scale
   */
  public static FolderPatches of(Path folder, Task task, int imageChannels, int patch) {
    if (patch % task.scale() != 0) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot cut patches: the side must be a multiple of scale %d, found %d",
          task.scale(),
          patch);
    }
    ImageReader reader = ImageReader.bounded(MAX_PIXELS).withChannels(task.channels(imageChannels));
    FolderPatches patches = new FolderPatches();
    for (Path file : ImageFolder.images(folder).values()) {
      patches.images.add(cut(file, reader.read(file), task, patch));
    }
    return patches;
  }

  private static CutImage cut(Path file, PlanarImage image, Task task, int patch) {
    try {
      return CutImage.of(image, task, patch, patch);
    } catch (GridException e) {
      throw GridException.of(e, e.code(), "Cannot use %s: %s", file, e.getMessage());
    }
  }

  @Override
  public int size() {
    return images.stream().mapToInt(CutImage::size).sum();
  }

  @Override
  public Pair pair(int index) {
    return at(index, CutImage::pair);
  }

  @Override
  public Pair pair(int index, Window window) {
    return at(index, (image, patch) -> image.pair(patch, window));
  }

  private Pair at(int index, BiFunction<CutImage, Integer, Pair> cut) {
    int left = index;
    for (CutImage image : images) {
      if (left < image.size()) {
        return cut.apply(image, left);
      }
      left -= image.size();
    }
    throw new IndexOutOfBoundsException(index);
  }
}
