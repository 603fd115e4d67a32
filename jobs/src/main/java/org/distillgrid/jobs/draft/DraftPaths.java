package org.distillgrid.jobs.draft;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.distillgrid.jobs.input.FoundFile;

/**
 * Spells files as a spec names them: from the folder that holds the spec, or in full where they lie
 * elsewhere than on this machine.
 *
 * @param folder absolute
 */
record DraftPaths(Path folder) {
  // What a glob, or a list in one, would take for more than a letter.
  private static final Pattern SPECIAL = Pattern.compile("[*?\\[\\]{}\\\\,^]");
  private static final String LOCAL = "file";

  static boolean canBePartOfAGlob(Example example) {
    return canBePart(example.target()) && example.input().map(DraftPaths::canBePart).orElse(true);
  }

  private static boolean canBePart(FoundFile file) {
    return !SPECIAL.matcher(file.location()).find();
  }

  /** Returns a file as one YAML value. */
  String one(FoundFile file) {
    return quoted(spelled(file));
  }

  /** Returns several files as one YAML value, a glob that leads to no other. */
  String several(List<FoundFile> files) {
    List<String> spelled = files.stream().map(this::spelled).toList();
    if (spelled.size() == 1) {
      return quoted(spelled.get(0));
    }
    String parent = commonFolder(spelled);
    return quoted(
        spelled.stream()
            .map(each -> each.substring(parent.length()))
            .collect(Collectors.joining(",", parent + "{", "}")));
  }

  private static String commonFolder(List<String> paths) {
    String common = paths.get(0).substring(0, paths.get(0).lastIndexOf('/') + 1);
    while (!common.isEmpty() && !allBegin(paths, common)) {
      common = common.substring(0, common.lastIndexOf('/', common.length() - 2) + 1);
    }
    return common;
  }

  private static boolean allBegin(List<String> paths, String common) {
    return paths.stream().allMatch(path -> path.startsWith(common));
  }

  private String spelled(FoundFile file) {
    org.apache.hadoop.fs.Path location = new org.apache.hadoop.fs.Path(file.location());
    if (!LOCAL.equals(location.toUri().getScheme())) {
      return file.location();
    }
    String relative = folder.relativize(Path.of(location.toUri().getPath())).toString();
    if (relative.startsWith("~") || relative.contains(":")) {
      return "./" + relative;
    }
    return relative;
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
