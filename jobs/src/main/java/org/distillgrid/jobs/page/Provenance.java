package org.distillgrid.jobs.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.folder.ShellWord;
import org.distillgrid.jobs.table.PreparedData;

/**
 * Where the numbers of a page come from.
 *
 * @param version of the tables
 * @param trials rows of the table {@code trials}
 */
record Provenance(RunFolder run, String version, Optional<PreparedData> data, List<Row> trials) {
  private static final String LOCAL = "file:";

  List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    entries.add(new Entry("Run folder", path()));
    entries.add(new Entry("Tables", version));
    entries.add(new Entry("distill-grid", distinct("version")));
    entries.add(new Entry("PyTorch", distinct("engine_version")));
    entries.add(new Entry("Java", distinct("java_version")));
    entries.add(new Entry("Threads of a training", distinct("threads")));
    data.ifPresent(
        each -> entries.add(new Entry("Fingerprint of the patches", each.fingerprint())));
    entries.add(new Entry("SHA-256 of the teacher", distinct("teacher_hash")));
    entries.add(new Entry("LPIPS", distinct("lpips_backbone") + " " + distinct("lpips_hash")));
    return entries.stream().filter(entry -> !entry.text().isBlank()).toList();
  }

  /** Returns the command that makes the run again, in a folder of its own. */
  String command() {
    return "bin/distill-grid run %s %s"
        .formatted(
            ShellWord.of(path() + "/spec.yaml"), ShellWord.of("output.path=" + path() + "-again"));
  }

  private String path() {
    String location = run.location();
    if (location.startsWith(LOCAL)) {
      return location.substring(LOCAL.length()).replaceFirst("^//", "");
    }
    return location;
  }

  private String distinct(String column) {
    return String.join(
        ", ",
        trials.stream()
            .map(row -> row.<Object>getAs(column))
            .filter(value -> value != null && !value.toString().isEmpty())
            .map(Object::toString)
            .distinct()
            .sorted()
            .toList());
  }
}
