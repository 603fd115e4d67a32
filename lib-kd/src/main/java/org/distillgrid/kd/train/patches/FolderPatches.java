package org.distillgrid.kd.train.patches;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.eval.ImageFolder;
import org.distillgrid.kd.eval.PairMatching;
import org.distillgrid.kd.image.ImageReader;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.task.Task;
import org.distillgrid.kd.train.recipe.Window;

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
    ImageReader reader = reader(task, imageChannels, patch);
    FolderPatches patches = new FolderPatches();
    for (Path file : ImageFolder.images(folder).values()) {
      PlanarImage image = reader.read(file);
      patches.add(file, () -> CutImage.of(image, task, patch, patch));
    }
    return patches;
  }

  /**
   * Reads the images of a folder and their inputs from another, and cuts them likewise.
   *
   * @param inputs holds an input of the name of each target
   * @throws GridException as above, and if an image has no partner or its size does not fit
   */
  public static FolderPatches ofPairs(
      Path targets, Path inputs, Task task, int imageChannels, int patch) {
    ImageReader reader = reader(task, imageChannels, patch);
    FolderPatches patches = new FolderPatches();
    for (PairMatching.Pair<Path> pair : ImageFolder.pairs(targets, inputs)) {
      PlanarImage target = reader.read(pair.target());
      PlanarImage input = reader.readInput(pair.input(), pair.target());
      patches.add(pair.target(), () -> CutImage.ofPair(target, input, task, patch, patch));
    }
    return patches;
  }

  private static ImageReader reader(Task task, int imageChannels, int patch) {
    if (patch % task.scale() != 0) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot cut patches: the side must be a multiple of scale %d, found %d",
          task.scale(),
          patch);
    }
    return ImageReader.bounded(MAX_PIXELS).withChannels(task.channels(imageChannels));
  }

  private void add(Path file, Supplier<CutImage> cut) {
    try {
      images.add(cut.get());
    } catch (GridException e) {
      throw GridException.of(e, e.code(), "Cannot use %s: %s", file, e.getMessage());
    }
  }

  @Override
  public int size() {
    return images.stream().mapToInt(CutImage::size).sum();
  }

  @Override
  public int image(int index) {
    return at(index).image();
  }

  @Override
  public Pair pair(int index) {
    Place place = at(index);
    return images.get(place.image()).pair(place.patch());
  }

  @Override
  public Pair pair(int index, Window window) {
    Place place = at(index);
    return images.get(place.image()).pair(place.patch(), window);
  }

  /** An image, and one of its patches. */
  private record Place(int image, int patch) {}

  private Place at(int index) {
    int left = index;
    for (int image = 0; image < images.size(); image++) {
      int patches = images.get(image).size();
      if (left < patches) {
        return new Place(image, left);
      }
      left -= patches;
    }
    throw new IndexOutOfBoundsException(index);
  }
}
