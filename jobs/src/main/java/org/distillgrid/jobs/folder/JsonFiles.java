package org.distillgrid.jobs.folder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.distillgrid.kd.error.GridException;

/** Small JSON files of a run folder, each either whole or absent. */
public final class JsonFiles {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

  private final RunFiles files;

  /** Reads and writes through the given files. */
  public JsonFiles(RunFiles files) {
    this.files = files;
  }

  /**
   * Writes a value, replacing what was there; a reader sees the old or the new one, whole.
   *
   * @throws GridException if it cannot be written
   */
  public void write(Path path, Object value) {
    try {
      files.replace(path, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(value));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Not a JSON value: " + value.getClass(), e);
    }
  }

  /**
   * Reads a value.
   *
   * @return empty if there is no such file, or what is there is damaged or another kind of value
   * @throws GridException if there is a file that cannot be read at all
   */
  public <T> Optional<T> read(Path path, Class<T> type) {
    return files.bytes(path).flatMap(bytes -> parse(bytes, type));
  }

  private static <T> Optional<T> parse(byte[] bytes, Class<T> type) {
    try {
      return Optional.ofNullable(JSON.readValue(bytes, type));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Bytes in memory cannot fail to be read", e);
    }
  }
}
