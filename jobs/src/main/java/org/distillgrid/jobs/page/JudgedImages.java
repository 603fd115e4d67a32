package org.distillgrid.jobs.page;

import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.input.FoundFile;
import org.distillgrid.jobs.input.InputWalk;
import org.distillgrid.jobs.input.PairWalk;
import org.distillgrid.jobs.spec.EvaluationSet;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.kd.eval.NamedImage;
import org.distillgrid.kd.image.ImageReader;
import org.distillgrid.kd.image.PlanarImage;

/** Finds a test image of a run again, by its set and the name that the tables have. */
record JudgedImages(RunFolder run, RunSpec spec) {
  // Of larger images the middle: a picture of a crop need not cost what a whole one does.
  private static final int MOST_SIDE = 512;

  /**
   * Returns the image, or nothing where it is not there any more.
   *
   * @throws org.distillgrid.kd.error.GridException if its folder is not there, or it cannot be read
   */
  Optional<NamedImage> find(String dataset, String image) {
    return spec.evaluate().sets().stream()
        .filter(set -> set.name().equals(dataset))
        .findFirst()
        .flatMap(set -> find(set, image));
  }

  private Optional<NamedImage> find(EvaluationSet set, String image) {
    String key = "test set " + set.name();
    if (set.images().hasPairs()) {
      return new PairWalk(run.files())
          .find(key, set.images()).pairs().stream()
              .filter(pair -> pair.target().image().equals(image))
              .findFirst()
              .map(pair -> middle(set, pair.target()).withInput(() -> input(pair.input())));
    }
    return new InputWalk(run.files())
        .find(key, set.images().path().orElseThrow()).files().stream()
            .filter(file -> file.image().equals(image))
            .findFirst()
            .map(file -> middle(set, file));
  }

  private NamedImage middle(EvaluationSet set, FoundFile file) {
    PlanarImage middle = middle(read(file), spec.task().scale(), MOST_SIDE);
    return new NamedImage(set.name(), file.image(), () -> middle);
  }

  private PlanarImage input(FoundFile file) {
    return middle(read(file), 1, MOST_SIDE / spec.task().scale());
  }

  private PlanarImage read(FoundFile file) {
    byte[] content = run.files().required(new Path(file.location()));
    return ImageReader.bounded(spec.data().maxPixels()).read(content);
  }

  /** Returns the middle of an image, whose corner lies at a multiple of the scale. */
  static PlanarImage middle(PlanarImage image, int scale, int most) {
    int least = most / scale * scale;
    if (image.height() <= least && image.width() <= least) {
      return image;
    }
    int height = Math.min(image.height(), least);
    int width = Math.min(image.width(), least);
    int row = (image.height() - height) / 2 / scale * scale;
    int column = (image.width() - width) / 2 / scale * scale;
    return image.crop(row, column, height, width);
  }
}
