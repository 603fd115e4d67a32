package org.distillgrid.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestMachine {
  @TempDir Path root;

  @BeforeEach
  void hasEightGibibytes() throws IOException {
    file("proc/meminfo", "MemTotal: 16777216 kB\nMemAvailable:    8388608 kB\n");
  }

  @Test
  void withoutLimitsTheMachinesMemoryCounts() throws IOException {
    assertThat(Machine.free(root)).isEqualTo(8L << 30);

    file("proc/self/cgroup", "0::/user/me\n");
    file("sys/fs/cgroup/user/me/memory.max", "max\n");
    file("sys/fs/cgroup/user/me/memory.current", "1000\n");
    assertThat(Machine.free(root)).isEqualTo(8L << 30);
  }

  @Test
  void theTightestGroupOfVersionTwoCounts() throws IOException {
    file("proc/self/cgroup", "0::/outer/inner\n");
    file("sys/fs/cgroup/outer/inner/memory.max", "6000000000\n");
    file("sys/fs/cgroup/outer/inner/memory.current", "1000000000\n");
    file("sys/fs/cgroup/outer/memory.max", "4000000000\n");
    file("sys/fs/cgroup/outer/memory.current", "3000000000\n");
    file("sys/fs/cgroup/outer/memory.stat", "anon 5\ninactive_file 500000000\n");

    // What files take of it is given back.
    assertThat(Machine.free(root)).isEqualTo(1_500_000_000L);
  }

  @Test
  void aContainersOwnGroupOfVersionOneCounts() throws IOException {
    file("proc/self/cgroup", "7:cpu,cpuacct:/docker/a\n4:memory:/docker/a\n0::/\n");
    file("sys/fs/cgroup/memory/memory.limit_in_bytes", "2000000000\n");
    file("sys/fs/cgroup/memory/memory.usage_in_bytes", "700000000\n");
    file("sys/fs/cgroup/memory/memory.stat", "total_inactive_file 200000000\n");

    assertThat(Machine.free(root)).isEqualTo(1_500_000_000L);
  }

  @Test
  void graphicsCardsAreCountedAsPyTorchDoes() throws IOException {
    Path fake = file("nvidia-smi", "#!/bin/sh\nprintf '0\\n1\\n2\\n'\n");
    Files.setPosixFilePermissions(fake, PosixFilePermissions.fromString("rwxr-xr-x"));
    List<String> listing = List.of(fake.toString());

    assertThat(GraphicsCards.addresses(Map.of(), listing)).containsExactly("0", "1", "2");
    assertThat(GraphicsCards.addresses(visible("1,2"), listing)).containsExactly("0", "1");
    assertThat(GraphicsCards.addresses(visible(""), listing)).isEmpty();
    assertThat(GraphicsCards.addresses(visible("-1"), listing)).isEmpty();
    assertThat(GraphicsCards.addresses(Map.of(), List.of("/nonexistent"))).isEmpty();
  }

  @Test
  void onlyAnotherPyTorchThanOursComputesOnThem() {
    assertThat(GraphicsCards.mayBeUsed(Map.of())).isFalse();
    assertThat(GraphicsCards.mayBeUsed(Map.of("PYTORCH_FLAVOR", "cpu"))).isFalse();
    assertThat(GraphicsCards.mayBeUsed(Map.of("PYTORCH_FLAVOR", "cu124"))).isTrue();
    assertThat(GraphicsCards.mayBeUsed(Map.of("PYTORCH_LIBRARY_PATH", "/opt/torch"))).isTrue();
  }

  private static Map<String, String> visible(String entries) {
    return Map.of("CUDA_VISIBLE_DEVICES", entries);
  }

  private Path file(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
