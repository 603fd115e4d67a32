package org.distillgrid.jobs.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.distillgrid.jobs.folder.PredictionPlace;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.spec.SpecReader;
import org.distillgrid.kd.error.GridException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestPredictionCache {
  private static final String MINE = "00000000000000aa";
  private static final String OLD = "00000000000000b1";
  private static final String NEWER = "00000000000000b2";
  private static final String USED = "00000000000000b3";
  private static final Predicate<String> IN_USE = "/runs/busy"::equals;

  @TempDir Path root;
  private final List<String> lines = new ArrayList<>();

  @BeforeEach
  void fill() throws IOException {
    entry(NEWER, "/runs/done", 2000);
    entry(OLD, "/runs/gone", 1000);
    entry(USED, "/runs/busy", 500);
    Files.createDirectories(root.resolve("cache/photos"));
    Files.write(root.resolve("cache/photos/large"), new byte[9000]);
    // No run has ever said that it uses it, so that it may be anybody's.
    Files.createDirectories(root.resolve("cache/00000000000000b4"));
  }

  private void entry(String id, String user, long usedMillis) throws IOException {
    Path users = Files.createDirectories(root.resolve("cache").resolve(id).resolve("used-by"));
    Files.write(users.resolveSibling("shard-000000.bin"), new byte[1000]);
    Path file = Files.writeString(users.resolve("user"), user);
    Files.setLastModifiedTime(file, FileTime.fromMillis(usedMillis));
  }

  private PredictionCache cache(String path, double most) {
    String yaml =
        """
        name: cached
        data: {train: [/images]}
        teacher: {model: edsr, predict: once, cache: {path: %s, mostGiB: %s}}
        grid: {student: [edsr-c4-b1]}
        evaluate: {sets: [{name: test, path: /test}]}
        """
            .formatted(path, most);
    return PredictionCache.of(SpecReader.effective(yaml, "test"), run());
  }

  private RunFolder run() {
    return RunFolder.of(root.resolve("runs/mine").toString(), new Configuration());
  }

  /** Returns a cache in which so many bytes may lie. */
  private PredictionCache bounded(long bytes) {
    return cache(root.resolve("cache").toString(), bytes / (double) (1L << 30));
  }

  private List<String> left() throws IOException {
    try (var files = Files.list(root.resolve("cache"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private void makeRoom(PredictionCache cache, long bytes) {
    cache.makeRoom(cache.place(MINE), bytes, IN_USE, lines::add);
  }

  @Test
  void deletesWhatWasUsedLongestAgo() throws IOException {
    makeRoom(bounded(4000), 1000);
    assertThat(lines).isEmpty();

    makeRoom(bounded(3500), 1000);
    assertThat(left()).contains(NEWER, USED).doesNotContain(OLD);
    assertThat(lines)
        .containsExactly(
            "Predictions deleted: 0.00 MiB of file:" + root + "/cache/" + OLD + ", not in use");
  }

  @Test
  void leavesWhatARunUsesAndWhatIsNotItsOwn() throws IOException {
    makeRoom(bounded(2500), 1500);

    assertThat(left()).containsExactly(USED, "00000000000000b4", "photos");
    assertThatThrownBy(() -> makeRoom(bounded(2000), 1500))
        .isInstanceOf(GridException.class)
        .hasMessageStartingWith("Cannot keep predictions of 0.00 MiB in file:" + root + "/cache: ")
        .hasMessageContaining("other runs use 0.00 MiB there, and teacher.cache.mostGiB is ");
    assertThat(left()).contains(USED);
  }

  @Test
  void countsItsOwnKeyOnce() throws IOException {
    entry(MINE, "/runs/done", 10);

    makeRoom(bounded(4000), 1000);

    assertThat(left()).contains(MINE, OLD, NEWER, USED);
  }

  @Test
  void refusesWhatCanNeverFit() {
    PredictionCache cache = cache(root.resolve("cache").toString(), 20);

    assertThatThrownBy(() -> cache.require(57L << 30))
        .isInstanceOf(GridException.class)
        .hasMessage(
            "Cannot keep predictions of 57.00 GiB: more than teacher.cache.mostGiB 20; raise it"
                + " or set teacher.predict: batch");
    cache.require(20L << 30);
  }

  @Test
  void refusesAFolderThatCannotBeWritten() throws IOException {
    Path file = Files.writeString(root.resolve("file"), "");

    assertThatThrownBy(() -> cache(file + "/kept", 20).require(1))
        .isInstanceOf(GridException.class)
        .hasMessageStartingWith("Cannot keep predictions in file:" + file + "/kept: ")
        .hasMessageEndingWith("; set another teacher.cache.path, or teacher.predict: batch");
  }

  @Test
  void liesBesideTheRunByItself() {
    assertThat(cache("null", 20).root()).hasToString("file:" + root + "/runs/predictions");
  }

  @Test
  void remembersEachRunOnce() throws IOException {
    PredictionCache cache = bounded(4000);
    PredictionPlace place = cache.place(MINE);
    cache.use(place, run());
    cache.use(place, run());

    CacheEntry entry = CacheEntry.of(place, run().files());
    assertThat(entry.users()).containsExactly("file:" + root + "/runs/mine");
    assertThat(entry.isInUse(IN_USE)).isFalse();
  }
}
