package org.distillgrid.jobs.input;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * The files of this machine with their links as they are. Hadoop's own view of them follows every
 * link and hides those that lead nowhere; here such a link is a status that says so.
 */
final class LinkedFiles extends RawLocalFileSystem {
  private LinkedFiles() {}

  static LinkedFiles open(Configuration configuration) throws IOException {
    LinkedFiles files = new LinkedFiles();
    files.initialize(URI.create("file:///"), configuration);
    return files;
  }

  @Override
  public FileStatus[] listStatus(Path place) throws IOException {
    java.nio.file.Path folder = local(place);
    if (!Files.isDirectory(folder)) {
      return super.listStatus(place);
    }
    List<FileStatus> statuses = new ArrayList<>();
    try (Stream<java.nio.file.Path> below = Files.list(folder)) {
      for (java.nio.file.Path each : below.toList()) {
        // By its parts: a name may hold a colon.
        Path name = new Path(null, null, each.getFileName().toString());
        statuses.add(getFileStatus(new Path(place, name)));
      }
    }
    return statuses.toArray(FileStatus[]::new);
  }

  /** Returns a status that is a link only where the link leads nowhere. */
  @Override
  public FileStatus getFileStatus(Path place) throws IOException {
    java.nio.file.Path file = local(place);
    if (Files.isSymbolicLink(file) && !Files.exists(file)) {
      Path qualified = makeQualified(place);
      return new FileStatus(0, false, 1, 0, 0, 0, null, null, null, qualified, qualified);
    }
    return super.getFileStatus(place);
  }

  /** Returns what a link names. */
  String target(Path link) throws IOException {
    return Files.readSymbolicLink(local(link)).toString();
  }

  /** Returns the one name that a file or folder has, whatever links lead to it. */
  String real(Path place) throws IOException {
    return local(place).toRealPath().toString();
  }

  /** Returns whether a file ends: a pipe or a device need not. */
  boolean isRegular(Path place) {
    return Files.isRegularFile(local(place));
  }

  private java.nio.file.Path local(Path place) {
    return pathToFile(place).toPath();
  }
}
