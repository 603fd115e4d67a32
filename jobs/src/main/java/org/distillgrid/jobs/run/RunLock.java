package org.distillgrid.jobs.run;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;
import org.distillgrid.jobs.folder.JsonFiles;
import org.distillgrid.jobs.folder.RunFiles;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a second driver out of a run folder. The lock is a file that its holder rewrites every few
 * seconds; one whose process has gone, or that has not been rewritten for a minute, is taken over.
 */
public final class RunLock implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(RunLock.class);
  private static final Duration BEAT = Duration.ofSeconds(10);
  private static final Duration STALE = Duration.ofSeconds(60);

  /**
   * Who works on a run.
   *
   * @param driver a fresh id of this driver
   * @param host its host name
   * @param process its process id on that host
   * @param beatMillis when it last showed that it is alive, by its own clock
   */
  public record Holder(String driver, String host, long process, long beatMillis) {
    Holder beating() {
      return new Holder(driver, host, process, System.currentTimeMillis());
    }

    boolean alive() {
      if (host.equals(hostName())) {
        return ProcessHandle.of(process).isPresent();
      }
      return System.currentTimeMillis() - beatMillis < STALE.toMillis();
    }
  }

  private final RunFiles files;
  private final Path path;
  private final Holder holder;
  private final ScheduledExecutorService heart;
  private final Future<?> beats;

  private RunLock(RunFiles files, Path path, Holder holder) {
    this.files = files;
    this.path = path;
    this.holder = holder;
    this.heart =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "run-lock");
              thread.setDaemon(true);
              return thread;
            });
    this.beats =
        heart.scheduleAtFixedRate(
            this::beat, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Takes the lock of a run folder.
   *
   * @throws GridException if another driver holds it, or the folder cannot be written
   */
  public static RunLock take(RunFolder folder) {
    RunFiles files = folder.files();
    Path path = folder.lock();
    Optional<Holder> earlier = new JsonFiles(files).read(path, Holder.class);
    if (earlier.isPresent() && earlier.get().alive()) {
      throw GridException.of(
          ErrorCode.OUTPUT,
          "Cannot run: %s is in use by process %d on %s",
          folder.location(),
          earlier.get().process(),
          earlier.get().host());
    }
    if (files.exists(path)) {
      files.delete(path);
    }
    Holder holder =
        new Holder(
            UUID.randomUUID().toString(),
            hostName(),
            ProcessHandle.current().pid(),
            System.currentTimeMillis());
    create(files, path, holder);
    return new RunLock(files, path, holder);
  }

  /** Returns who works on a run folder now. */
  public static Optional<Holder> holder(RunFolder folder) {
    return new JsonFiles(folder.files())
        .read(folder.lock(), Holder.class)
        .filter(holder -> holder.host() != null && holder.alive());
  }

  /** Returns whether a driver works on a run folder now. */
  static boolean isHeld(RunFolder folder) {
    return holder(folder).isPresent();
  }

  /** Returns whether a file of a run folder is a lock, or one that is being written. */
  static boolean isLock(RunFolder folder, String name) {
    String lock = folder.lock().getName();
    return name.equals(lock) || name.startsWith("." + lock);
  }

  @Override
  public void close() {
    beats.cancel(false);
    heart.shutdown();
    try {
      if (heart.awaitTermination(BEAT.toMillis(), TimeUnit.MILLISECONDS) && mine()) {
        files.delete(path);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (GridException e) {
      // A lock that cannot be removed goes stale by itself, and the run's own outcome matters more.
      LOGGER.warn("Lock is left behind: {}", e.getMessage());
    }
  }

  // Creating without overwriting is what makes two drivers that start together tell apart.
  private static void create(RunFiles files, Path path, Holder holder) {
    try {
      files.fileSystem(path).mkdirs(path.getParent());
      try (FSDataOutputStream out = files.fileSystem(path).create(path, false)) {
        out.write("{}".getBytes(StandardCharsets.UTF_8));
      }
    } catch (FileAlreadyExistsException e) {
      throw GridException.of(
          e, ErrorCode.OUTPUT, "Cannot run: another driver has just started on %s", path);
    } catch (IOException e) {
      throw RunFiles.unwritable(path, e);
    }
    new JsonFiles(files).write(path, holder);
  }

  private void beat() {
    try {
      if (mine()) {
        new JsonFiles(files).write(path, holder.beating());
      }
    } catch (GridException e) {
      LOGGER.warn("Lock cannot be renewed: {}", e.getMessage());
    }
  }

  private boolean mine() {
    return new JsonFiles(files)
        .read(path, Holder.class)
        .filter(now -> holder.driver().equals(now.driver()))
        .isPresent();
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
