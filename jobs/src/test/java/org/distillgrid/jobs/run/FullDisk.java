package org.distillgrid.jobs.run;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;

/** The local disk under {@code full:///}, with room for everything but shards of predictions. */
public final class FullDisk extends RawLocalFileSystem {
  static final String PROPERTY = "spark.hadoop.fs.full.impl";

  private static final AtomicBoolean FULL = new AtomicBoolean();

  static void fill() {
    FULL.set(true);
  }

  static void free() {
    FULL.set(false);
  }

  @Override
  public URI getUri() {
    return URI.create("full:///");
  }

  @Override
  public String getScheme() {
    return "full";
  }

  @Override
  public FSDataOutputStream create(
      Path file,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    if (FULL.get() && file.getName().contains("shard-")) {
      throw new IOException("No space left on device");
    }
    return super.create(file, overwrite, bufferSize, replication, blockSize, progress);
  }
}
