package org.distillgrid.jobs.table;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.distillgrid.jobs.cluster.LocalDisk;
import org.distillgrid.jobs.folder.Messages;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The local folder of mapped files of patches and predictions, shared by every process of this user
 * on this host. A file is made under a lock and appears whole; files that nobody opened for two
 * weeks are deleted.
 *
 * @param folder the folder; made when needed
 */
public record PackFolder(Path folder) {
  private static final Duration KEPT = Duration.ofDays(14);
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final long MEBIBYTE = 1L << 20;
  private static final Logger LOGGER = LoggerFactory.getLogger(PackFolder.class);

  /** Returns the folder of this user on the disk of this machine. */
  static PackFolder ofThisHost() {
    String name = "distill-grid-" + System.getProperty("user.name");
    return new PackFolder(LocalDisk.folder().resolve(name));
  }

  /** Tells whether a file, if there is one, is what it should be. */
  interface Check {
    boolean isWhole(Path file) throws IOException;
  }

  /** Writes a file that is not there yet. */
  interface Maker {
    void make(Path fresh) throws IOException;
  }

  /**
   * Refuses to begin a file that the disk cannot hold.
   *
   * @throws GridException if it has less room than that
   */
  static void requireRoom(Path file, long bytes) throws IOException {
    long free = Files.getFileStore(file.toAbsolutePath().getParent()).getUsableSpace();
    // A store too large for a long says that it has less than nothing.
    if (free >= 0 && free < bytes) {
      throw unwritable(
          file,
          new IOException(
              "disk full, %d MiB free of %d MiB"
                  .formatted(free / MEBIBYTE, (bytes + MEBIBYTE - 1) / MEBIBYTE)));
    }
  }

  /**
   * Returns a whole file, which {@code maker} writes if there is none of that name.
   *
   * @throws GridException if it cannot be written
   */
  Path file(String name, Check check, Maker maker) {
    Path place = folder.resolve(name + ".pack");
    try {
      Files.createDirectories(folder);
      if (!check.isWhole(place)) {
        make(name, place, check, maker);
      }
      Files.setLastModifiedTime(place, FileTime.from(Instant.now()));
      return place;
    } catch (IOException e) {
      throw unwritable(place, e);
    }
  }

  private static GridException unwritable(Path file, IOException cause) {
    return GridException.of(
        cause,
        ErrorCode.OUTPUT,
        "Cannot write %s: %s (%s names another folder)",
        file,
        Messages.firstLine(cause),
        LocalDisk.SETTING);
  }

  private void make(String name, Path place, Check check, Maker maker) throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve(name + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = lock(channel)) {
      if (!lock.isValid()) {
        throw new IOException("lost the lock of " + place);
      }
      if (check.isWhole(place)) {
        return;
      }
      if (Files.exists(place)) {
        LOGGER.warn("Making {} anew: it is cut short, damaged or of another version", place);
      }
      deleteOld();
      Path fresh = folder.resolve(name + "." + UUID.randomUUID() + ".tmp");
      try {
        maker.make(fresh);
        Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(fresh);
      }
    }
  }

  // The lock is one of the whole process: a second thread of this JVM gets an exception, not a
  // wait.
  private static FileLock lock(FileChannel channel) throws IOException {
    while (true) {
      try {
        return channel.lock();
      } catch (OverlappingFileLockException e) {
        pause();
      }
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while another thread makes the file", e);
    }
  }

  private void deleteOld() throws IOException {
    Instant limit = Instant.now().minus(KEPT);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(limit)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
