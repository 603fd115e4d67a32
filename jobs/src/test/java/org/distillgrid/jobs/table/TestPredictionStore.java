package org.distillgrid.jobs.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.distillgrid.jobs.folder.PredictionPlace;
import org.distillgrid.jobs.folder.RunFiles;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.prediction.PredictionSet;
import org.distillgrid.kd.prediction.PredictionShard;
import org.distillgrid.kd.prediction.PredictionSize;
import org.distillgrid.kd.prediction.ShardWriter;
import org.distillgrid.kd.prediction.ShardedPredictions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestPredictionStore {
  private static final String ID = "00000000000000aa";
  private static final PredictionSet SET = new PredictionSet(ID, 5, new PredictionSize(1, 4, 4), 2);

  @TempDir Path root;
  private final RunFiles files = new RunFiles(new Configuration());
  private PredictionPlace place;

  @BeforeEach
  void write() {
    place = PredictionPlace.below(new org.apache.hadoop.fs.Path(root.toUri()), ID);
    List<String> checksums = new ArrayList<>();
    for (int number = 0; number < 3; number++) {
      byte[] content = shard(SET, number);
      files.replace(place.shard(number), content);
      checksums.add(PredictionShard.of(content, SET.shard(number), "test").checksum());
    }
    new PredictedData(new TreeMap<>(), SET, checksums).write(place, files);
  }

  private static byte[] shard(PredictionSet set, int number) {
    ShardWriter writer = new ShardWriter(set.shard(number));
    for (int patch = 2 * number; patch < Math.min(5, 2 * number + 2); patch++) {
      for (int turn = 0; turn < 8; turn++) {
        float[] samples = new float[16];
        Arrays.fill(samples, sample(patch, turn));
        writer.put(patch, turn, samples, 0);
      }
    }
    return writer.bytes();
  }

  private static float sample(int patch, int turn) {
    return patch / 10f + turn / 100f;
  }

  private ShardedPredictions open() {
    return PredictionStore.open(place, SET, files, new PackFolder(root.resolve("local")));
  }

  private static void isWhole(ShardedPredictions predictions) {
    float[] read = new float[16];
    for (int patch = 0; patch < 5; patch++) {
      predictions.read(patch, 3, read, 0);
      assertThat(read[15]).isCloseTo(sample(patch, 3), within(1.2e-5f));
    }
  }

  private Path kept(int number) {
    return Path.of(place.shard(number).toUri().getPath());
  }

  private void refused(Path file, String why) {
    assertThatThrownBy(this::open)
        .isInstanceOf(GridException.class)
        .hasMessage("Cannot use predictions file:" + file + ": " + why);
  }

  @Test
  void readsWhatWasWritten() throws IOException {
    isWhole(open());
    // What has been copied is enough for the next one.
    for (int number = 0; number < 3; number++) {
      Files.delete(kept(number));
    }
    isWhole(open());
  }

  @Test
  void copiesAgainWhatIsDamagedHere() throws IOException {
    open();
    Path first = root.resolve("local/" + ID + "-0.pack");
    byte[] content = Files.readAllBytes(first);
    content[200] ^= 4;
    Files.write(first, content);
    Path second = root.resolve("local/" + ID + "-1.pack");
    Files.write(second, Arrays.copyOf(Files.readAllBytes(second), 300));

    isWhole(open());
  }

  @Test
  void refusesWhatIsDamagedThere() throws IOException {
    byte[] whole = Files.readAllBytes(kept(1));
    byte[] flipped = whole.clone();
    flipped[200] ^= 4;
    Files.write(kept(1), flipped);
    refused(kept(1), "damaged, its checksum differs");

    Files.write(kept(1), Arrays.copyOf(whole, 300));
    refused(kept(1), "300 bytes instead of " + whole.length);

    PredictionSet other = new PredictionSet("00000000000000bb", 5, SET.size(), 2);
    Files.write(kept(1), shard(other, 1));
    refused(kept(1), "of another teacher, task or patches");

    ShardWriter empty = new ShardWriter(SET.shard(1));
    Files.write(kept(1), empty.bytes());
    refused(kept(1), "not the file that was written there");
  }

  @Test
  void refusesWhatIsNotWhole() {
    files.delete(place.state());
    refused(Path.of(place.root().toUri().getPath()), "not whole, or of another teacher");

    files.replace(place.state(), "{}");
    refused(Path.of(place.root().toUri().getPath()), "not whole, or of another teacher");
  }
}
