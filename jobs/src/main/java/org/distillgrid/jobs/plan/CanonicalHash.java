package org.distillgrid.jobs.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.kd.random.Sha256;
import org.distillgrid.kd.train.Schedule;

/**
 * Hashes a record's parts as JSON with sorted keys, so that an id never depends on the platform.
 */
final class CanonicalHash {
  // Changes when the same spec gives other numbers than the release before.
  private static final int FORMAT = 1;
  private static final int DIGITS = 16;
  // Making one takes far longer than what it then writes, and grids have many trials.
  private static final ObjectMapper JSON = new ObjectMapper();

  private CanonicalHash() {}

  static String id(SortedMap<String, Object> parts) {
    SortedMap<String, Object> versioned = new TreeMap<>(parts);
    versioned.put("format", FORMAT);
    try {
      byte[] digest = Sha256.digest().digest(JSON.writeValueAsBytes(versioned));
      return HexFormat.of().formatHex(digest).substring(0, DIGITS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Numbers and text have a JSON form", e);
    }
  }

  // How often a checkpoint is written is left out: a resumed training gives the same numbers.
  static SortedMap<String, Object> schedule(Schedule schedule) {
    SortedMap<String, Object> parts = new TreeMap<>();
    parts.put("steps", schedule.steps());
    parts.put("batch", schedule.batch());
    parts.put("learningRate", schedule.learningRate());
    parts.put("decayAt", schedule.decayAt());
    parts.put("decay", schedule.decay());
    parts.put("ema", schedule.ema());
    parts.put("validateEvery", schedule.validateEvery());
    RecipeParts.join(parts, schedule);
    return parts;
  }
}
