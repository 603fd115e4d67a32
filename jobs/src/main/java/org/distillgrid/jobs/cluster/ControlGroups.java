package org.distillgrid.jobs.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The memory that Linux's control groups leave to this process, a container's limit for instance.
 * Both versions are read, every group from the process's own up to the root.
 *
 * @param root where {@code /proc} and {@code /sys} lie
 */
record ControlGroups(Path root) {
  /** Returns the bytes that may still be taken; nothing where no group has a limit. */
  OptionalLong free() {
    return groups().map(this::free).flatMapToLong(OptionalLong::stream).min();
  }

  private Stream<Path> groups() {
    List<Path> groups = new ArrayList<>();
    for (String line : lines(root.resolve("proc/self/cgroup"))) {
      String[] parts = line.split(":", 3);
      if (parts.length == 3 && parts[1].isEmpty()) {
        addUpwards(groups, root.resolve("sys/fs/cgroup"), parts[2]);
        addUpwards(groups, root.resolve("sys/fs/cgroup/unified"), parts[2]);
      } else if (parts.length == 3 && List.of(parts[1].split(",", -1)).contains("memory")) {
        addUpwards(groups, root.resolve("sys/fs/cgroup/memory"), parts[2]);
      }
    }
    return groups.stream();
  }

  // In a container the path may be the host's; the container's own group is then the mount itself.
  private static void addUpwards(List<Path> groups, Path mount, String path) {
    Path group = mount.resolve(path.substring(1)).normalize();
    while (group.startsWith(mount)) {
      groups.add(group);
      group = group.getParent();
    }
  }

  private OptionalLong free(Path group) {
    OptionalLong second = free(group, "memory.max", "memory.current", "inactive_file");
    if (second.isPresent()) {
      return second;
    }
    return free(group, "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file");
  }

  // What files were read into memory counts as used, but is given back when it is wanted.
  private static OptionalLong free(Path group, String limit, String usage, String cache) {
    OptionalLong most = number(lines(group.resolve(limit)).stream().findFirst().orElse(""));
    OptionalLong used = number(lines(group.resolve(usage)).stream().findFirst().orElse(""));
    if (most.isEmpty() || used.isEmpty()) {
      return OptionalLong.empty();
    }
    long cached =
        lines(group.resolve("memory.stat")).stream()
            .filter(line -> line.startsWith(cache + " "))
            .map(line -> number(line.substring(cache.length() + 1)))
            .flatMapToLong(OptionalLong::stream)
            .findFirst()
            .orElse(0);
    return OptionalLong.of(Math.max(0, most.getAsLong() - used.getAsLong() + cached));
  }

  // "max" is no number, and no limit.
  private static OptionalLong number(String text) {
    if (text.matches("[0-9]{1,18}")) {
      return OptionalLong.of(Long.parseLong(text));
    }
    return OptionalLong.empty();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
  }
}
