package org.distillgrid.jobs.spec;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.distillgrid.jobs.spec.yaml.YamlText;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.yaml.snakeyaml.reader.UnicodeReader;

/** Resolves and looks up the paths of a spec, on this machine or at any Hadoop URI. */
final class Locations {
  private static final String STANDARD_INPUT = "-";
  private static final String SPARK_PREFIX = "spark.hadoop.";

  private final Configuration configuration;

  private Locations(Configuration configuration) {
    this.configuration = configuration;
  }

  /** Returns locations as Spark will see them, with the file systems that it was given. */
  static Locations standard() {
    Configuration configuration = new Configuration();
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith(SPARK_PREFIX))
        .forEach(
            name ->
                configuration.set(name.substring(SPARK_PREFIX.length()), System.getProperty(name)));
    return new Locations(configuration);
  }

  /** Returns Hadoop's settings. */
  Configuration configuration() {
    return configuration;
  }

  /** Reads a whole text file. */
  String text(String location) {
    try (InputStream stream = open(location)) {
      return decoded(stream);
    } catch (CharacterCodingException e) {
      throw GridException.of(
          e, ErrorCode.USAGE, "Cannot read spec %s: it is no text in UTF-8", source(location));
    } catch (FileNotFoundException e) {
      throw GridException.of(e, ErrorCode.USAGE, "Cannot read spec: there is no file %s", location);
    } catch (IOException | IllegalArgumentException e) {
      throw GridException.of(
          e, ErrorCode.USAGE, "Cannot read spec %s: %s", location, e.getMessage());
    }
  }

  private InputStream open(String location) throws IOException {
    if (location.equals(STANDARD_INPUT)) {
      return System.in;
    }
    Path path = new Path(location);
    return path.getFileSystem(local()).open(path);
  }

  // YAML may be UTF-16; what is too long is refused by its reader.
  private static String decoded(InputStream stream) throws IOException {
    byte[] bytes = stream.readNBytes(4 * YamlText.MOST_CHARACTERS);
    try (Reader reader = new UnicodeReader(new ByteArrayInputStream(bytes))) {
      StringWriter text = new StringWriter();
      reader.transferTo(text);
      return text.toString();
    }
  }

  /** Returns what messages call a spec. */
  static String source(String location) {
    if (location.equals(STANDARD_INPUT)) {
      return "standard input";
    }
    return location;
  }

  /** Returns the folder that holds a spec; a relative location is one of this machine. */
  static String folder(String location) {
    if (hasScheme(location)) {
      return new Path(location).getParent().toString();
    }
    return java.nio.file.Path.of(location).toAbsolutePath().normalize().getParent().toString();
  }

  /** Returns the current folder. */
  static String current() {
    return java.nio.file.Path.of("").toAbsolutePath().toString();
  }

  /**
   * Returns an absolute form of a path; one with a scheme stays as it is.
   *
   * @throws IllegalArgumentException if it cannot be a path
   */
  String resolve(String path, String base) {
    if (HomeFolder.isMeant(path)) {
      return resolve(HomeFolder.ofThisUser().resolve(path), base);
    }
    if (hasScheme(path) || path.startsWith("/")) {
      return path;
    }
    if (hasScheme(base)) {
      return new Path(new Path(base), path).toString();
    }
    String absolute = java.nio.file.Path.of(base).resolve(path).normalize().toString();
    if (isLocal(FileSystem.getDefaultUri(configuration))) {
      return absolute;
    }
    return "file:" + absolute;
  }

  /** Returns whether a folder, a file or a glob leads to at least one file. */
  boolean hasFile(String location) throws IOException {
    FileSystem files = new Path(location).getFileSystem(configuration);
    for (FileStatus found : found(files, new Path(location))) {
      if (found.isFile() || hasFile(files, found.getPath())) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether a folder, a file or a glob leads anywhere. */
  boolean exists(String location) throws IOException {
    Path path = new Path(location);
    return found(path.getFileSystem(configuration), path).length > 0;
  }

  /** Returns whether there is a file of exactly this name. */
  boolean isFile(String location) throws IOException {
    Path path = new Path(location);
    FileSystem files = path.getFileSystem(configuration);
    return files.exists(path) && files.getFileStatus(path).isFile();
  }

  // A name that exists as it stands is never taken for a glob, whatever characters it has.
  private static FileStatus[] found(FileSystem files, Path path) throws IOException {
    if (files.exists(path)) {
      return new FileStatus[] {files.getFileStatus(path)};
    }
    FileStatus[] matches = files.globStatus(path);
    if (matches == null) {
      return new FileStatus[0];
    }
    return matches;
  }

  private static boolean hasFile(FileSystem files, Path folder) throws IOException {
    RemoteIterator<LocatedFileStatus> all = files.listFiles(folder, true);
    return all.hasNext();
  }

  private Configuration local() {
    Configuration local = new Configuration(configuration);
    local.set(FileSystem.FS_DEFAULT_NAME_KEY, "file:///");
    return local;
  }

  private static boolean isLocal(URI uri) {
    return uri.getScheme() == null || uri.getScheme().equals("file");
  }

  private static boolean hasScheme(String path) {
    return path.matches("[a-zA-Z][a-zA-Z0-9+.-]*:/.*");
  }
}
