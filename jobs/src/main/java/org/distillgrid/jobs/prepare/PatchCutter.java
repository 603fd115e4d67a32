package org.distillgrid.jobs.prepare;

import java.io.IOException;
import java.io.Serializable;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.input.ImageBytes;
import org.distillgrid.jobs.input.PairInput;
import org.distillgrid.jobs.input.Patience;
import org.distillgrid.jobs.table.PatchRow;
import org.distillgrid.kd.image.Channels;
import org.distillgrid.kd.image.ImageReader;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.task.Task;
import org.distillgrid.kd.train.patches.CutImage;
import org.distillgrid.kd.train.patches.PatchSource;

/**
 * Cuts one image of a spec into rows of the patch table, see {@link CutImage}.
 *
 * @param task what degrades the images
 * @param channels what the images are brought to
 * @param patch side of a ground-truth patch in pixels, a multiple of the scale
 * @param stride distance between patches in ground-truth pixels, a multiple of the scale
 * @param maxPixels largest width × height
 * @param patience how long an image may take to decode
 */
record PatchCutter(
    Task task, Channels channels, int patch, int stride, long maxPixels, Patience patience)
    implements Serializable {
  /**
   * Returns the rows of one image in the order of {@code patches}, partition columns left out; a
   * patch is copied only when it is asked for.
   *
   * @param whenTurned runs if the file states an orientation that is ignored
   * @throws org.distillgrid.kd.error.GridException of code INPUT if the file is no usable image
   * @throws IOException if the file cannot be read now
   */
  Iterator<Row> rows(RunFolder run, CheckedFile image, Runnable whenTurned) throws IOException {
    InputFile file = image.file();
    byte[] bytes = ImageBytes.of(run.files(), file.location(), file.bytes(), maxPixels);
    ImageReader reader = ImageReader.bounded(maxPixels).withChannels(channels);
    PlanarImage whole = patience.await(() -> reader.read(bytes));
    CutImage cut = cut(run, file, bytes, whole, reader);
    if (ImageReader.orientation(bytes) != ImageReader.UPRIGHT) {
      whenTurned.run();
    }
    return IntStream.range(0, cut.size()).mapToObj(i -> row(image, cut, i)).iterator();
  }

  private CutImage cut(
      RunFolder run, InputFile file, byte[] bytes, PlanarImage whole, ImageReader reader)
      throws IOException {
    if (file.input().isEmpty()) {
      return CutImage.of(whole, task, patch, stride);
    }
    PairInput.Read input =
        file.input().get(0).read(run.files(), bytes, reader, maxPixels, patience);
    return CutImage.ofPair(whole, input.image(), task, patch, stride);
  }

  private Row row(CheckedFile image, CutImage cut, int index) {
    PatchSource.Pair pair = cut.pair(index);
    return PatchRow.COLUMNS.row(
        new PatchRow(
            image.file().dataset(),
            image.file().image(),
            cut.row(index),
            cut.column(index),
            task.scale(),
            pair.target(),
            pair.input(),
            image.checksum()));
  }
}
