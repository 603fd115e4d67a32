package org.distillgrid.jobs.prepare;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.table.RejectedInput;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/** The rows of several images, one image in memory at a time; an unusable image gives none. */
final class PatchRows implements Iterator<Row> {
  private final RunFolder run;
  private final PatchCutter cutter;
  private final Iterator<CheckedFile> images;
  private final CollectionAccumulator<Rejection> rejected;
  private final CollectionAccumulator<String> turned;
  private final LongAccumulator done;
  private Iterator<Row> current = Collections.emptyIterator();

  /**
   * An image that gave no row.
   *
   * @param key see {@link InputFile#key}
   */
  record Rejection(String key, RejectedInput row) implements Serializable {}

  PatchRows(
      RunFolder run,
      PatchCutter cutter,
      Iterator<CheckedFile> images,
      CollectionAccumulator<Rejection> rejected,
      CollectionAccumulator<String> turned,
      LongAccumulator done) {
    this.run = run;
    this.cutter = cutter;
    this.images = images;
    this.rejected = rejected;
    this.turned = turned;
    this.done = done;
  }

  @Override
  public boolean hasNext() {
    while (!current.hasNext() && images.hasNext()) {
      // Let go of the last image before the next one is read: two would not fit the promise.
      current = Collections.emptyIterator();
      current = cut(images.next());
      done.add(1);
    }
    return current.hasNext();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return current.next();
  }

  private Iterator<Row> cut(CheckedFile image) {
    try {
      return cutter.rows(run, image, () -> turned.add(image.file().location()));
    } catch (GridException e) {
      if (e.code() != ErrorCode.INPUT) {
        throw e;
      }
      InputFile file = image.file();
      rejected.add(new Rejection(file.key(), file.rejected(e.getMessage())));
      return Collections.emptyIterator();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
