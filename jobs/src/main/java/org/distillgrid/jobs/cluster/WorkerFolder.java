package org.distillgrid.jobs.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.util.ShutdownHookManager;
import org.apache.spark.util.Utils;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/**
 * The folder in which the executors of this machine work and log. It is made in the temporary
 * folder and gone with the session, unless {@code SPARK_WORKER_DIR} names one that stays. What a
 * killed driver left is cleared by the next.
 */
final class WorkerFolder implements AutoCloseable {
  private static final String PREFIX = "distill-grid-workers-";
  private static final String KEPT = "SPARK_WORKER_DIR";
  private static final String LOCK = "lock";

  private final Path path;
  private final Optional<FileChannel> held;

  private WorkerFolder(Path path, Optional<FileChannel> held) {
    this.path = path;
    this.held = held;
  }

  /**
   * Makes the folder of this session.
   *
   * @throws GridException if it cannot be written
   */
  static WorkerFolder open() {
    String kept = System.getenv().getOrDefault(KEPT, "");
    Path place = Path.of(System.getProperty("java.io.tmpdir"));
    try {
      if (!kept.isEmpty()) {
        return new WorkerFolder(Files.createDirectories(Path.of(kept)), Optional.empty());
      }
      return temporary(place);
    } catch (IOException e) {
      throw GridException.of(
          e,
          ErrorCode.OUTPUT,
          "Cannot write the folder of the executors below %s: %s",
          Optional.of(kept).filter(name -> !name.isEmpty()).orElse(place.toString()),
          e.getMessage());
    }
  }

  /** Makes a folder below another, and clears what has no owner any more. */
  static WorkerFolder temporary(Path place) throws IOException {
    clear(place);
    Path folder = Files.createTempDirectory(place, PREFIX);
    ShutdownHookManager.registerShutdownDeleteDir(folder.toFile());
    FileChannel channel =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    channel.lock();
    return new WorkerFolder(folder, Optional.of(channel));
  }

  Path path() {
    return path;
  }

  /** Writes a file. */
  Path write(String name, String text) {
    try {
      return Files.writeString(path.resolve(name), text);
    } catch (IOException e) {
      throw GridException.of(
          e, ErrorCode.OUTPUT, "Cannot write %s: %s", path.resolve(name), e.getMessage());
    }
  }

  @Override
  public void close() {
    if (held.isEmpty()) {
      return;
    }
    try {
      held.get().close();
    } catch (IOException e) {
      throw GridException.of(
          e, ErrorCode.OUTPUT, "Cannot close %s: %s", path.resolve(LOCK), e.getMessage());
    }
    delete(path);
  }

  private static void clear(Path place) throws IOException {
    List<Path> folders;
    try (Stream<Path> found = Files.list(place)) {
      folders = found.filter(file -> file.getFileName().toString().startsWith(PREFIX)).toList();
    }
    folders.stream().filter(WorkerFolder::isOrphan).forEach(WorkerFolder::delete);
  }

  // One without its lock is just being made, and another user's cannot be opened.
  private static boolean isOrphan(Path folder) {
    try (FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock != null;
    } catch (IOException | IllegalStateException e) {
      return false;
    }
  }

  private static void delete(Path folder) {
    File file = folder.toFile();
    Utils.deleteRecursively(file);
    ShutdownHookManager.removeShutdownDeleteDir(file);
  }
}
