package org.distillgrid.jobs.table;

import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.distillgrid.jobs.folder.Messages;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

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

  /** Returns the folder below the temporary folder of the JVM. */
  static PackFolder ofThisHost() {
    String name = "distill-grid-" + System.getProperty("user.name");
    return new PackFolder(Path.of(System.getProperty("java.io.tmpdir"), name));
  }

  /** Tells whether a file, if there is one, is what it should be. */
  interface Check {
    boolean isWhole(Path file) throws IOException;
  }

  /**
   * Returns a whole file, which {@code maker} writes if there is none of that name.
   *
   * @throws GridException if it cannot be written
   */
  Path file(String name, Check check, Consumer<Path> maker) {
    Path place = folder.resolve(name + ".pack");
    try {
      Files.createDirectories(folder);
      if (!check.isWhole(place)) {
        make(name, place, check, maker);
      }
      Files.setLastModifiedTime(place, FileTime.from(Instant.now()));
      return place;
    } catch (IOException | UncheckedIOException e) {
      throw GridException.of(
          e, ErrorCode.OUTPUT, "Cannot write %s: %s", place, Messages.firstLine(e));
    }
  }

  private void make(String name, Path place, Check check, Consumer<Path> maker) throws IOException {
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
      deleteOld();
      Path fresh = folder.resolve(name + "." + UUID.randomUUID() + ".tmp");
      try {
        maker.accept(fresh);
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
