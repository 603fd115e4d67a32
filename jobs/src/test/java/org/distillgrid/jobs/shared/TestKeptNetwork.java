package org.distillgrid.jobs.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.distillgrid.jobs.folder.RunFiles;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.HostTensor;
import org.distillgrid.kd.weights.WeightHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestKeptNetwork {
  private static final Checkpoint WEIGHTS =
      Checkpoint.of(Map.of("weight", new HostTensor(new long[] {2}, new float[] {1, 2})), Map.of());
  private static final String HASH = WeightHash.of(WEIGHTS.tensors());

  @TempDir Path folder;
  private final List<String> damaged = new ArrayList<>();

  private KeptNetwork kept(String nameField) {
    return new KeptNetwork(
        new RunFiles(new Configuration()), path("weights"), path("state.json"), nameField);
  }

  private org.apache.hadoop.fs.Path path(String name) {
    return new org.apache.hadoop.fs.Path(folder.resolve(name).toUri());
  }

  /** What versions before this class wrote, for a teacher or an encoder. */
  private static String earlier(String nameField, String name) {
    return """
    {
      "key" : "0123456789abcdef",
      "%s" : "%s",
      "weightHash" : "%s",
      "source" : "trained",
      "steps" : 4,
      "seconds" : 1.25
    }"""
        .formatted(nameField, name, HASH);
  }

  @Test
  void readsAndWritesTheFilesOfEarlierVersions() throws IOException {
    for (String field : List.of("model", "encoder")) {
      kept(field).replace(WEIGHTS, NetworkState.taken("a", HASH, "file.pth"));
      String text = earlier(field, "edsr-c4-b1");
      Files.writeString(folder.resolve("state.json"), text);

      NetworkState state = kept(field).find("0123456789abcdef", damaged::add).orElseThrow();
      assertThat(state)
          .isEqualTo(new NetworkState("0123456789abcdef", "edsr-c4-b1", HASH, "trained", 4, 1.25));
      kept(field).replace(WEIGHTS, state);
      assertThat(folder.resolve("state.json")).hasContent(text);
    }
    assertThat(damaged).isEmpty();
  }

  @Test
  void isValidByItsStateAlone() throws IOException {
    KeptNetwork kept = kept("model");
    assertThat(kept.find(HASH, damaged::add)).isEmpty();
    kept.replace(WEIGHTS, NetworkState.taken("edsr-c4-b1", HASH, "file.pth"));
    assertThat(kept.find(HASH, damaged::add)).isPresent();
    assertThat(kept.find("another key", damaged::add)).isEmpty();
    assertThat(kept("encoder").find(HASH, damaged::add)).isEmpty();

    Files.writeString(folder.resolve("state.json"), "{\"key\": \"" + HASH);
    assertThat(kept.find(HASH, damaged::add)).isEmpty();
    Files.writeString(folder.resolve("state.json"), "[]");
    assertThat(kept.find(HASH, damaged::add)).isEmpty();
    assertThat(damaged).isEmpty();
  }

  @Test
  void saysWhatIsWrongWithItsWeights() throws IOException {
    KeptNetwork kept = kept("model");
    kept.replace(WEIGHTS, NetworkState.taken("edsr-c4-b1", HASH, "file.pth"));
    Files.writeString(folder.resolve("weights"), "half");

    assertThat(kept.find(HASH, damaged::add)).isEmpty();
    assertThat(damaged).hasSize(1).first().asString().startsWith("Cannot read");
  }
}
