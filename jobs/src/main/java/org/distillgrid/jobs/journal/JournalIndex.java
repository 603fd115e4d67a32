package org.distillgrid.jobs.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.distillgrid.jobs.folder.RunFiles;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.kd.random.Sha256;

/**
 * The index beside the journal: in one file, what the events and the results of a run amounted to
 * when it was written. It only saves reading them one by one: without it, or where it is damaged,
 * all of it is found again in the journal and in the attempts.
 *
 * <p>The first line tells how far the journal had come and the SHA-256 of the lines that follow,
 * one a finished trial.
 */
public final class JournalIndex {
  private static final int FORMAT = 1;
  private static final byte LINE_END = '\n';
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();
  private static final ObjectReader LINES = JSON.readerFor(FinishedTrial.class);
  private static final ObjectWriter WRITER = JSON.writer().withRootValueSeparator("\n");

  private final RunFiles files;
  private final Path path;

  /**
   * What an index holds.
   *
   * @param lastEvent number of the last event that it knows
   * @param events how many events it knows, damaged ones too
   * @param damaged names of the damaged ones
   * @param finished every trial with a result
   */
  public record Content(
      long lastEvent, long events, List<String> damaged, List<FinishedTrial> finished) {
    /** What is known of a run that has no index. */
    public static final Content NONE = new Content(0, 0, List.of(), List.of());

    public Content {
      damaged = List.copyOf(damaged);
      finished = List.copyOf(finished);
    }
  }

  private record Head(
      int format, long lastEvent, long events, List<String> damaged, String sha256) {}

  /** Reads and writes the index of a run folder; nothing is touched yet. */
  public JournalIndex(RunFolder run) {
    this.files = run.files();
    this.path = run.journalIndex();
  }

  /** Reads the index; empty if there is none, or it is damaged or of another format. */
  public Optional<Content> read() {
    return files.bytes(path).flatMap(JournalIndex::parse);
  }

  /** Reads the index, likewise, if it speaks of this journal. */
  public Optional<Content> read(Journal journal) {
    return read().filter(journal::isTold);
  }

  /**
   * Writes the index in place of the one before.
   *
   * @throws org.distillgrid.kd.error.GridException if it cannot be written
   */
  public void write(Content content) {
    try {
      byte[] lines = lines(content.finished());
      Head head =
          new Head(
              FORMAT, content.lastEvent(), content.events(), content.damaged(), hash(lines, 0));
      ByteArrayOutputStream all = new ByteArrayOutputStream(lines.length + 1024);
      all.write(JSON.writeValueAsBytes(head));
      all.write(LINE_END);
      all.write(lines);
      files.replace(path, all.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException("Texts and numbers have a JSON form", e);
    }
  }

  private static byte[] lines(Collection<FinishedTrial> finished) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    WRITER.writeValues(lines).writeAll(finished).close();
    return lines.toByteArray();
  }

  private static Optional<Content> parse(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != LINE_END) {
      end++;
    }
    int start = Math.min(end + 1, bytes.length);
    try {
      Head head = JSON.readValue(bytes, 0, end, Head.class);
      if (head.format() != FORMAT || !hash(bytes, start).equals(head.sha256())) {
        return Optional.empty();
      }
      List<FinishedTrial> finished =
          LINES
              .<FinishedTrial>readValues(
                  new ByteArrayInputStream(bytes, start, bytes.length - start))
              .readAll();
      return Optional.of(new Content(head.lastEvent(), head.events(), head.damaged(), finished));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Bytes in memory cannot fail to be read", e);
    }
  }

  private static String hash(byte[] bytes, int start) {
    MessageDigest digest = Sha256.digest();
    digest.update(bytes, start, bytes.length - start);
    return HexFormat.of().formatHex(digest.digest());
  }
}
