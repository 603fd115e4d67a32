package org.distillgrid.jobs.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.distillgrid.jobs.spec.binding.SpecPath;

/**
 * Gives every path of a spec's inputs one spelling: {@code /a/../b/} and {@code file:/b} are one.
 */
final class InputPaths {
  private static final Pattern KEYS =
      Pattern.compile(
          "(data\\.(train|validate)|evaluate\\.sets)(\\.(path|input|target))?"
              + "|(teacher|encoder|grid\\.student)\\.weights");

  private InputPaths() {}

  /**
   * Returns a part of a spec in which the paths of this machine's inputs are real and absolute.
   *
   * @param path the part's key, without indices
   */
  static JsonNode spelled(JsonNode node, String path) {
    if (node instanceof ArrayNode array) {
      ArrayNode spelled = JsonNodeFactory.instance.arrayNode();
      array.forEach(element -> spelled.add(spelled(element, path)));
      return spelled;
    }
    if (node instanceof ObjectNode object) {
      ObjectNode spelled = JsonNodeFactory.instance.objectNode();
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        String child = SpecPath.child(path, entry.getKey());
        spelled.set(entry.getKey(), spelled(entry.getValue(), child));
      }
      return spelled;
    }
    if (node.isTextual() && KEYS.matcher(path).matches()) {
      return JsonNodeFactory.instance.textNode(spelled(node.asText()));
    }
    return node;
  }

  /** Returns the one spelling of an input's path; that of no path is no path. */
  static String spelled(String location) {
    if (location.isEmpty()) {
      return location;
    }
    URI uri = new org.apache.hadoop.fs.Path(location).toUri();
    boolean local = uri.getScheme() == null || uri.getScheme().equals("file");
    if (!local) {
      return uri.normalize().toString();
    }
    return real(Path.of(uri.getPath()).normalize()).toString();
  }

  // The end of a glob, or of weights inside a file, is no file: what holds it is.
  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      if (path.getParent() == null) {
        return path;
      }
      return real(path.getParent()).resolve(path.getFileName());
    }
  }
}
