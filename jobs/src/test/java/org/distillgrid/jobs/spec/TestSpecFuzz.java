package org.distillgrid.jobs.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.distillgrid.jobs.plan.CheckedSpecs;
import org.distillgrid.jobs.plan.GridExpansion;
import org.distillgrid.kd.error.GridException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random specs and overrides: each is read, or refused with one line a problem. Longer by hand with
 * {@code -Dfuzz.specs.seconds=600}, one case again with {@code -Dfuzz.specs.seed} and {@code
 * -Dfuzz.specs.seconds=0}.
 */
class TestSpecFuzz {
  private static final long SECONDS = Long.getLong("fuzz.specs.seconds", 10);
  private static final long SEED = Long.getLong("fuzz.specs.seed", 2026);
  private static final Catalog CATALOG = Catalog.load();
  private static final SpecReader READER = CheckedSpecs.reader(CATALOG);

  @TempDir Path folder;

  @Test
  void readsOrRefusesEverythingInItsOwnLines() {
    SpecFolder images = SpecFolder.in(folder);
    long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
    long seed = SEED;
    int read = 0;
    int refused = 0;
    do {
      RandomSpec random = new RandomSpec(new Random(seed));
      String yaml = random.yaml();
      List<String> overrides = random.overrides();
      if (isRead(images, yaml, overrides, seed)) {
        read++;
      } else {
        refused++;
      }
      seed++;
    } while (System.nanoTime() < end);
    if (SECONDS > 0) {
      assertThat(read).isPositive();
      assertThat(refused).isPositive();
    }
  }

  private static boolean isRead(SpecFolder images, String yaml, List<String> overrides, long seed) {
    try {
      RunSpec spec = READER.read(images.spec(yaml), overrides);
      assertThat(SpecReader.effective(SpecWriter.yaml(spec), "spec.yaml"))
          .as("seed %d", seed)
          .isEqualTo(spec);
      assertThat(GridExpansion.expand(spec, CATALOG).trials()).as("seed %d", seed).isNotEmpty();
      return true;
    } catch (GridException e) {
      List<String> lines = new ArrayList<>(e.getMessage().lines().toList());
      assertThat(lines.remove(0)).as("seed %d", seed).startsWith("Cannot ");
      assertThat(lines).as("seed %d", seed).allMatch(line -> line.matches("  \\S.*"));
      assertThat(lines.size()).as("seed %d", seed).isNotEqualTo(1).isLessThan(100);
      return false;
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError("seed " + seed + ":\n" + yaml + "\n" + overrides, e);
    }
  }
}
