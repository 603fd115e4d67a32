package org.distillgrid.jobs;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** The local file system, which counts what is asked of it. Hadoop makes it by its name. */
public final class CountedFiles extends LocalFileSystem {
  /** The settings under which Hadoop takes this file system for the local one. */
  public static final Map<String, String> SETTINGS =
      Map.of("fs.file.impl", CountedFiles.class.getName(), "fs.file.impl.disable.cache", "true");

  private static final Map<String, AtomicInteger> OPERATIONS = new ConcurrentHashMap<>();

  /** Makes a file system, for Hadoop. */
  public CountedFiles() {
    super(new Counted());
  }

  /** Returns Hadoop's settings with this file system. */
  public static Configuration configuration() {
    Configuration configuration = new Configuration();
    SETTINGS.forEach(configuration::set);
    return configuration;
  }

  /** Forgets what was counted. */
  public static void reset() {
    OPERATIONS.clear();
  }

  /** Returns how many operations, such as {@code open file:/a/b}, are like that. */
  public static int count(Predicate<String> like) {
    return OPERATIONS.entrySet().stream()
        .filter(entry -> like.test(entry.getKey()))
        .mapToInt(entry -> entry.getValue().get())
        .sum();
  }

  /** Returns the operations, each once. */
  public static List<String> operations() {
    return Collections.list(((ConcurrentHashMap<String, AtomicInteger>) OPERATIONS).keys());
  }

  /** Counts what comes from outside, not what one operation asks of another. */
  private static final class Counted extends RawLocalFileSystem {
    private final ThreadLocal<Integer> depth = ThreadLocal.withInitial(() -> 0);

    private interface Work<T> {
      T run() throws IOException;
    }

    private <T> T counted(String operation, Path path, Work<T> work) throws IOException {
      if (depth.get() == 0) {
        OPERATIONS
            .computeIfAbsent(operation + " " + path, any -> new AtomicInteger())
            .incrementAndGet();
      }
      depth.set(depth.get() + 1);
      try {
        return work.run();
      } finally {
        depth.set(depth.get() - 1);
      }
    }

    @Override
    public FSDataInputStream open(Path path, int buffer) throws IOException {
      return counted("open", path, () -> super.open(path, buffer));
    }

    @Override
    public FSDataOutputStream create(
        Path path,
        FsPermission permission,
        boolean overwrite,
        int buffer,
        short replication,
        long block,
        Progressable progress)
        throws IOException {
      return counted(
          "create",
          path,
          () -> super.create(path, permission, overwrite, buffer, replication, block, progress));
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
      return counted("status", path, () -> super.getFileStatus(path));
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
      return counted("list", path, () -> super.listStatus(path));
    }

    @Override
    public boolean mkdirs(Path path) throws IOException {
      return counted("mkdirs", path, () -> super.mkdirs(path));
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
      return counted("rename", to, () -> super.rename(from, to));
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
      return counted("delete", path, () -> super.delete(path, recursive));
    }
  }
}
