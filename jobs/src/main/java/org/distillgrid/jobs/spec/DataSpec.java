package org.distillgrid.jobs.spec;

import java.util.List;
import java.util.Optional;
import org.distillgrid.jobs.spec.binding.Key;

/** The images to learn from and how they are cut. */
public record DataSpec(
    @Key(
            help =
                "training images: folders, files or globs, on this machine or at a Hadoop URI; for"
                    + " task pairs keys input and target, each one of these")
        List<ImageSource> train,
    @Key(
            help =
                "validation images, as for train; when empty, one training image in twenty"
                    + " (at least one) is held out",
            standard = "[]")
        List<ImageSource> validate,
    @Key(
            help =
                "image channels of data and networks: 3 for RGB, 1 for grey; images are converted",
            standard = "3",
            least = 1,
            most = 3)
        int channels,
    @Key(
            help = "side of a ground-truth patch in pixels, a multiple of task.scale",
            standard = "96",
            least = 16,
            most = 4096)
        int patch,
    @Key(
            help = "distance between two patches in ground-truth pixels, a multiple of task.scale",
            standard = "96",
            least = 1,
            most = 4096)
        int stride,
    @Key(
            help =
                "grid: a training step sees whole patches; random: of each patch it sees a window,"
                    + " cut anew at each step",
            standard = "grid")
        Crop crop,
    @Key(
            help =
                "side of a window in ground-truth pixels, a multiple of task.scale; required with"
                    + " crop: random, and only possible there",
            standard = "null",
            least = 1,
            most = 4096)
        Optional<Integer> window,
    @Key(
            help = "largest width × height of an image; a larger one is rejected unread",
            standard = "100000000",
            least = 1)
        long maxPixels) {

  public DataSpec {
    train = List.copyOf(train);
    validate = List.copyOf(validate);
  }

  /** Patches that are seen whole. */
  public DataSpec(
      List<ImageSource> train,
      List<ImageSource> validate,
      int channels,
      int patch,
      int stride,
      long maxPixels) {
    this(train, validate, channels, patch, stride, Crop.GRID, Optional.empty(), maxPixels);
  }
}
