package org.distillgrid.jobs.shared;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What {@code teacher.json}, {@code encoder.json} or {@code lpips.json} says; written last, it
 * makes the network valid.
 *
 * @param key hash of everything that decides the weights
 * @param name the network's name; each of the files has a field of its own for it
 * @param weightHash SHA-256 of its weights
 * @param source the checkpoint that was taken, or {@link #TRAINED}
 * @param steps updates that it was trained for; 0 when it was taken
 * @param seconds time that its training took
 */
record NetworkState(
    String key, String name, String weightHash, String source, long steps, double seconds) {
  /** The source of a network that was trained. */
  static final String TRAINED = "trained";

  /** Returns the state of a checkpoint that was taken as it is. */
  static NetworkState taken(String name, String weightHash, String source) {
    return new NetworkState(weightHash, name, weightHash, source, 0, 0);
  }

  /** Returns what a file says; nothing if it lacks a field. */
  static Optional<NetworkState> of(JsonNode json, String nameField) {
    boolean whole =
        Stream.of("key", nameField, "weightHash", "source")
            .allMatch(field -> json.path(field).isTextual());
    if (!whole) {
      return Optional.empty();
    }
    return Optional.of(
        new NetworkState(
            json.path("key").textValue(),
            json.path(nameField).textValue(),
            json.path("weightHash").textValue(),
            json.path("source").textValue(),
            json.path("steps").longValue(),
            json.path("seconds").doubleValue()));
  }

  /** Returns what the file says. */
  ObjectNode json(String nameField) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("key", key)
        .put(nameField, name)
        .put("weightHash", weightHash)
        .put("source", source)
        .put("steps", steps)
        .put("seconds", seconds);
  }
}
