package org.distillgrid.jobs.folder;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/** Small files on any Hadoop file system: read whole, and written so that no half is ever seen. */
public final class RunFiles {
  private final Configuration configuration;

  /** Uses Hadoop's settings. */
  public RunFiles(Configuration configuration) {
    this.configuration = configuration;
  }

  /**
   * Returns the file system of a path. The local one is the plain one: Hadoop's checksum files
   * cannot be replaced together with what they check.
   */
  public FileSystem fileSystem(Path path) throws IOException {
    FileSystem found = path.getFileSystem(configuration);
    if (found instanceof LocalFileSystem local) {
      return local.getRaw();
    }
    return found;
  }

  /** Returns whether there is a file or folder. */
  public boolean exists(Path path) {
    return status(path).isPresent();
  }

  /** Returns what the file system says of a file or folder, if there is one. */
  public Optional<FileStatus> status(Path path) {
    try {
      return Optional.of(fileSystem(path).getFileStatus(path));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /**
   * Returns what a folder holds, by name; nothing if there is no such folder.
   *
   * @throws GridException if it cannot be listed
   */
  public List<FileStatus> list(Path folder) {
    try {
      return Arrays.stream(fileSystem(folder).listStatus(folder))
          .sorted(Comparator.comparing(status -> status.getPath().getName()))
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  /** Returns a whole file, or nothing if there is none. */
  public Optional<byte[]> bytes(Path path) {
    try (FSDataInputStream stream = fileSystem(path).open(path)) {
      return Optional.of(stream.readAllBytes());
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  /**
   * Returns a whole file.
   *
   * @throws GridException if there is none
   */
  public byte[] required(Path path) {
    return bytes(path)
        .orElseThrow(() -> GridException.of(ErrorCode.INPUT, "Cannot read %s: no such file", path));
  }

  /**
   * Returns a whole UTF-8 file.
   *
   * @throws GridException if there is none
   */
  public String requiredText(Path path) {
    return new String(required(path), StandardCharsets.UTF_8);
  }

  /** Returns a whole UTF-8 file, or nothing if there is none. */
  public Optional<String> text(Path path) {
    return bytes(path).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  /**
   * Writes a file, replacing what was there; a reader sees the old or the new one, whole.
   *
   * @throws GridException if it cannot be written
   */
  public void replace(Path path, byte[] bytes) {
    Path fresh =
        new Path(path.getParent(), "." + path.getName() + "." + UUID.randomUUID() + ".tmp");
    try {
      FileSystem files = fileSystem(path);
      if (ObjectStores.are(files)) {
        ObjectStores.put(files, path, bytes);
        return;
      }
      files.mkdirs(path.getParent());
      try {
        try (FSDataOutputStream stream = files.create(fresh, true)) {
          stream.write(bytes);
          stream.hsync();
        }
        rename(files, fresh, path);
      } finally {
        files.delete(fresh, false);
      }
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  /** Writes a UTF-8 file as {@link #replace(Path, byte[])} does. */
  public void replace(Path path, String text) {
    replace(path, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Deletes a file or a whole folder; there need not be one. */
  public void delete(Path path) {
    try {
      fileSystem(path).delete(path, true);
    } catch (IOException e) {
      throw unwritable(path, e);
    }
  }

  /**
   * Moves a finished folder to its place, replacing what was there.
   *
   * @throws GridException if it cannot be moved
   */
  public void install(Path finished, Path place) {
    try {
      FileSystem files = fileSystem(place);
      files.delete(place, true);
      files.mkdirs(place.getParent());
      if (!files.rename(finished, place)) {
        throw new IOException("rename from " + finished + " refused");
      }
    } catch (IOException e) {
      throw unwritable(place, e);
    }
  }

  /** Returns the error of something that cannot be written. */
  public static GridException unwritable(Path path, Throwable cause) {
    return GridException.of(
        cause, ErrorCode.OUTPUT, "Cannot write %s: %s", path, Messages.firstLine(cause));
  }

  private static GridException unreadable(Path path, Exception cause) {
    return GridException.of(
        cause, ErrorCode.INPUT, "Cannot read %s: %s", path, Messages.firstLine(cause));
  }

  // FileSystem.rename does not replace on HDFS, FileContext.rename does; what has no FileContext
  // may
  // have no atomic rename either, and the best there is remains.
  private void rename(FileSystem files, Path fresh, Path place) throws IOException {
    if (files.getUri().getScheme().equals("file")) {
      if (!files.rename(fresh, place)) {
        throw new IOException("rename from " + fresh + " refused");
      }
      return;
    }
    try {
      FileContext.getFileContext(place.toUri(), configuration)
          .rename(fresh, place, Options.Rename.OVERWRITE);
    } catch (UnsupportedFileSystemException e) {
      files.delete(place, false);
      if (!files.rename(fresh, place)) {
        throw new IOException("rename from " + fresh + " refused", e);
      }
    }
  }
}
