package org.distillgrid.clusters;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A grid whose results lie on S3. */
class IntegrationTestS3 {
  private static final List<String> OPTIONS =
      List.of("--master", "local[1]", "--jars", S3Server.jars());

  @TempDir static Path folder;
  private static S3Server store;
  private static Launcher launcher;
  private static Path spec;

  @BeforeAll
  static void start() throws Exception {
    spec = SmallGrid.write(folder.resolve("grid"), "[fp]", 4);
    store = S3Server.start(Files.createDirectory(folder.resolve("s3")));
    Path printed = Files.createDirectory(folder.resolve("printed"));
    launcher = new Launcher(printed, Map.of(), store.properties());
  }

  @AfterAll
  static void stop() throws Exception {
    if (store != null) {
      store.close();
    }
  }

  @Test
  void aDriverThatDiesBeforeThePointerLeavesTheOldTables() throws Exception {
    Launcher.Outcome first = run("[fp]");
    assertThat(first.status()).as(first.errors()).isZero();
    List<String> old = versions();
    assertThat(old).containsExactly("2,2,2,2");

    store.gate().hold(store.write("/run/tables/CURRENT"));
    Launcher.Started second = launcher.start(OPTIONS, command("[fp, w4a4]"));
    assertThat(store.gate().cameToHold()).isTrue();
    second.kill();
    store.gate().letPass();
    assertThat(versions()).isEqualTo(old);

    Launcher.Outcome third = run("[fp, w4a4]");
    assertThat(third.status()).as(third.errors()).isZero();
    assertThat(third.output()).contains("Trials: 4, 4 finished before, 0 to train");
    assertThat(versions()).containsExactly("4,4,4,4");
  }

  private static Launcher.Outcome run(String bits) throws Exception {
    return launcher.run(OPTIONS, command(bits));
  }

  private static List<String> command(String bits) {
    return List.of("run", spec.toString(), "grid.bits=" + bits, "output.path=" + store.at("/run"));
  }

  /** Returns how many trials each of the tables knows of: they are of one version. */
  private static List<String> versions() throws Exception {
    String query =
        """
        SELECT (SELECT count(*) FROM trials),
          (SELECT count(DISTINCT trial_id) FROM metrics WHERE length(trial_id) = 16),
          (SELECT count(DISTINCT trial_id) FROM curves),
          (SELECT count(*) FROM summary)
        """;
    return launcher.sql(OPTIONS, store.at("/run"), query);
  }
}
