package org.distillgrid.jobs.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestPackFolder {
  @TempDir Path root;

  private void refused(PackFolder.Maker maker, String message) throws IOException {
    assertThatThrownBy(() -> new PackFolder(root).file("set", Files::isRegularFile, maker))
        .isInstanceOfSatisfying(
            GridException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OUTPUT))
        .hasMessageStartingWith("Cannot write " + root.resolve("set."))
        .hasMessageMatching(message);
    try (Stream<Path> left = Files.list(root)) {
      assertThat(left.map(file -> file.getFileName().toString())).containsOnly("set.lock");
    }
  }

  @Test
  void saysThatTheDiskIsFull() throws IOException {
    PackLayout vast = new PackLayout(1 << 27, 1, 1 << 14, 1 << 14, 1 << 15, 1 << 15);
    refused(
        fresh -> PackWriter.write(fresh, vast, sink -> sink.accept(0, 0, new byte[0], new byte[0])),
        ".*: disk full, \\d+ MiB free of 171798692865 MiB \\(spark.local.dir names another"
            + " folder\\)");
    refused(
        fresh -> {
          Files.writeString(fresh, "half of it");
          throw new IOException("No space left on device");
        },
        ".*pack: No space left on device \\(spark.local.dir names another folder\\)");
  }

  @Test
  void isFilledOnceByAllThatAskAtATime() throws Exception {
    List<Path> made = Collections.synchronizedList(new ArrayList<>());
    Callable<Path> ask =
        () ->
            new PackFolder(root)
                .file(
                    "set",
                    Files::isRegularFile,
                    fresh -> {
                      made.add(fresh);
                      Files.writeString(fresh, "content");
                    });
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (Future<Path> file : threads.invokeAll(Collections.nCopies(8, ask))) {
        assertThat(file.get()).hasContent("content");
      }
    } finally {
      threads.shutdown();
    }
    assertThat(made).hasSize(1);
  }
}
