package org.distillgrid.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestWorkerFolder {
  @TempDir Path place;

  @Test
  void isGoneWithItsSession() throws IOException {
    WorkerFolder folder = WorkerFolder.temporary(place);
    Path file = folder.write("stderr", "log");
    assertThat(file).hasParent(folder.path()).content().isEqualTo("log");

    folder.close();

    assertThat(place).isEmptyDirectory();
  }

  @Test
  void clearsWhatAKilledDriverLeftAndNothingElse() throws IOException {
    Path left = Files.createDirectories(place.resolve("distill-grid-workers-1/app-0/0"));
    Path orphan = place.resolve("distill-grid-workers-1");
    Files.createFile(orphan.resolve("lock"));
    Files.createFile(left.resolve("stderr"));
    Path beingMade = Files.createDirectory(place.resolve("distill-grid-workers-2"));
    Path another = Files.createDirectory(place.resolve("other"));

    try (WorkerFolder live = WorkerFolder.temporary(place);
        WorkerFolder second = WorkerFolder.temporary(place)) {
      assertThat(orphan).doesNotExist();
      assertThat(beingMade).exists();
      assertThat(another).exists();
      assertThat(live.path()).exists();
      assertThat(second.path()).exists();
    }
  }
}
