package org.distillgrid.clusters;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Kubernetes objects in YAML files. */
final class Yaml {
  private Yaml() {}

  /** Returns the objects of a file; one that is no YAML is an error. */
  static List<JsonNode> documents(Path file) throws IOException {
    try (MappingIterator<JsonNode> all =
        new YAMLMapper().readerFor(JsonNode.class).readValues(file.toFile())) {
      return all.readAll();
    }
  }

  /** Returns the name of the only object of a kind. */
  static String named(List<JsonNode> objects, String kind) {
    List<JsonNode> found =
        objects.stream().filter(each -> each.path("kind").asText().equals(kind)).toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " objects of kind " + kind);
    }
    return found.get(0).path("metadata").path("name").asText();
  }
}
