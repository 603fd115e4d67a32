package org.distillgrid.jobs.folder;

import java.io.IOException;
import java.util.Set;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Stores that have objects instead of files: an object appears whole when its writer closes it, in
 * place of the one before it, and what they call a rename is a copy and a deletion.
 */
final class ObjectStores {
  private static final Set<String> SCHEMES = Set.of("s3a", "s3", "s3n", "gs", "oss", "cosn", "obs");

  private ObjectStores() {}

  /** Returns whether a file system is one. */
  static boolean are(FileSystem files) {
    return SCHEMES.contains(files.getUri().getScheme());
  }

  /** Writes an object; a reader sees the old or the new one. */
  static void put(FileSystem files, Path path, byte[] bytes) throws IOException {
    FSDataOutputStream stream = files.create(path, true);
    stream.write(bytes);
    // Not when writing failed: closing is what makes the object appear.
    stream.close();
  }
}
