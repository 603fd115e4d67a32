package org.distillgrid.bench;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** The local file system, which counts what is asked of attempts. Hadoop makes it by its name. */
public final class CountedFiles extends LocalFileSystem {
  /** Hadoop makes as many file systems as it likes; all count here. */
  static final AtomicLong OPERATIONS = new AtomicLong();

  /** Makes a file system, for Hadoop. */
  public CountedFiles() {
    super(new Counted());
  }

  // What one operation asks of another on its way is counted too, so the count is rather too high.
  private static final class Counted extends RawLocalFileSystem {
    private static void count(Path path) {
      if (path.toString().contains("/attempts/")) {
        OPERATIONS.incrementAndGet();
      }
    }

    @Override
    public FSDataInputStream open(Path path, int buffer) throws IOException {
      count(path);
      return super.open(path, buffer);
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
      count(path);
      return super.getFileStatus(path);
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
      count(path);
      return super.listStatus(path);
    }
  }
}
