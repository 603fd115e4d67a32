package org.distillgrid.jobs.prepare;

import java.io.IOException;
import java.io.Serializable;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.table.PatchRow;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.Channels;
import org.distillgrid.kd.image.ImageReader;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.task.Task;

/**
 * Cuts one image into patches: the whole image is degraded first, then ground truth and input are
 * cut alike. Patches lie on the grid of the stride; what is left at the right and at the bottom
 * gives none.
 *
 * @param task what degrades the images
 * @param channels what the images are brought to
 * @param patch side of a ground-truth patch in pixels, a multiple of the scale
 * @param stride distance between patches in ground-truth pixels, a multiple of the scale
 * @param maxPixels largest width × height
 */
record PatchCutter(Task task, Channels channels, int patch, int stride, long maxPixels)
    implements Serializable {
  // The largest uncompressed pixel (16-bit RGBA) and a generous header.
  private static final long BYTES_IN_PIXEL = 8;
  private static final long BYTES_IN_HEADER = 1L << 24;

  /**
   * Returns the rows of one image in the order of {@code patches}, partition columns left out; a
   * patch is copied only when it is asked for.
   *
   * @param whenTurned runs if the file states an orientation that is ignored
   * @throws GridException of code INPUT if the file is no usable image
   * @throws IOException if the file cannot be read now
   */
  Iterator<Row> rows(RunFolder run, CheckedFile image, Runnable whenTurned) throws IOException {
    byte[] bytes = bytes(run, image.file());
    PlanarImage target =
        task.align(ImageReader.bounded(maxPixels).withChannels(channels).read(bytes));
    if (target.height() < patch || target.width() < patch) {
      throw GridException.of(
          ErrorCode.INPUT,
          "Cannot cut image: %d×%d pixels are smaller than a patch of %d",
          target.width(),
          target.height(),
          patch);
    }
    if (ImageReader.orientation(bytes) != ImageReader.UPRIGHT) {
      whenTurned.run();
    }
    PlanarImage input = task.degrade(target);
    int columns = 1 + (target.width() - patch) / stride;
    int rows = 1 + (target.height() - patch) / stride;
    return IntStream.range(0, rows * columns)
        .mapToObj(i -> row(image, target, input, i / columns * stride, i % columns * stride))
        .iterator();
  }

  private byte[] bytes(RunFolder run, InputFile file) throws IOException {
    if (file.bytes() > Math.min(Integer.MAX_VALUE, maxPixels * BYTES_IN_PIXEL + BYTES_IN_HEADER)) {
      throw GridException.of(
          ErrorCode.INPUT,
          "Cannot read image: %d bytes are too many for %d pixels",
          file.bytes(),
          maxPixels);
    }
    Path path = new Path(file.location());
    try (FSDataInputStream stream = run.files().fileSystem(path).open(path)) {
      return stream.readAllBytes();
    }
  }

  private Row row(CheckedFile image, PlanarImage target, PlanarImage input, int row, int column) {
    int scale = task.scale();
    int side = patch / scale;
    return PatchRow.COLUMNS.row(
        new PatchRow(
            image.file().dataset(),
            image.file().image(),
            row,
            column,
            scale,
            target.crop(row, column, patch, patch),
            input.crop(row / scale, column / scale, side, side),
            image.checksum()));
  }
}
