package org.distillgrid.jobs.folder;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/**
 * A small JSON file that makes a table valid: written last, read first.
 *
 * @param path where it lies
 * @param type the record that it holds
 */
public record StateFile<T>(Path path, Class<T> type) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  public Optional<T> read(RunFiles files) {
    return files.text(path).map(this::parse);
  }

  public void write(T state, RunFiles files) {
    try {
      files.replace(path, JSON.writeValueAsString(state) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A record of texts and numbers is always JSON", e);
    }
  }

  private T parse(String text) {
    try {
      return JSON.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw GridException.of(e, ErrorCode.INPUT, "Cannot read %s: %s", path, Messages.firstLine(e));
    }
  }
}
