package org.distillgrid.jobs.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.table.TableName;
import org.distillgrid.jobs.table.TuningRow;
import org.distillgrid.kd.random.Sha256;

/**
 * A hash over all that the published tables are made from: tables of one fingerprint have the same
 * rows, so there is no need to write them once more.
 */
final class TablesFingerprint {
  // Changes when the same findings give other rows than the release before.
  private static final String FORMAT = "1";

  private final MessageDigest digest = Sha256.digest();

  private TablesFingerprint() {}

  /**
   * Hashes what tables are made from.
   *
   * @param ended the trials, in the order of their rows
   * @param tuned the candidates, likewise
   */
  static String of(
      ResultRows.Reading reading,
      List<EndedTrial> ended,
      List<TuningRow> tuned,
      Findings findings,
      RunFolder run) {
    TablesFingerprint all = new TablesFingerprint();
    all.add(FORMAT);
    TableName.published().forEach(table -> all.add(table.schema().json()));
    all.add(reading.name());
    all.add(run.location());
    all.add(reading.teacherHash());
    new TreeMap<>(findings.references()).forEach((id, scores) -> all.add(id + scores));
    ended.forEach(all::add);
    tuned.forEach(row -> all.add(row.toString()));
    run.files().list(run.exports()).forEach(all::add);
    return HexFormat.of().formatHex(all.digest.digest());
  }

  // Records of texts and numbers spell all that they hold.
  private void add(EndedTrial ended) {
    add(ended.toString());
  }

  private void add(FileStatus export) {
    add(
        "%s %d %d"
            .formatted(export.getPath().getName(), export.getLen(), export.getModificationTime()));
  }

  private void add(String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }
}
