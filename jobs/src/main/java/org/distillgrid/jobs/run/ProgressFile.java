package org.distillgrid.jobs.run;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.distillgrid.jobs.fleet.ProgressLine;
import org.distillgrid.jobs.folder.JsonFiles;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.kd.error.GridException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far a run has come, as its driver last left it in the run folder for whoever looks at it from
 * elsewhere: at most every few seconds, as long as work is under way.
 */
public final class ProgressFile {
  private static final Logger LOGGER = LoggerFactory.getLogger(ProgressFile.class);
  private static final long MILLIS_BETWEEN = 5000;

  private final RunFolder run;
  private long lastMillis;

  /**
   * What the file says.
   *
   * @param at when it was written, in UTC, ISO 8601
   * @param parts kinds of work
   * @param stepsDone steps that the driver has had made
   * @param stepsLeft steps that are still to be made
   * @param elapsedMillis since its work began
   * @param millisLeft that the rest takes; null before it means something
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Content(
      String at,
      List<ProgressLine.Part> parts,
      long stepsDone,
      long stepsLeft,
      long elapsedMillis,
      Long millisLeft) {
    private static Content of(ProgressLine line) {
      return new Content(
          Instant.now().toString(),
          line.parts(),
          line.stepsDone(),
          line.stepsLeft(),
          line.elapsed().toMillis(),
          line.left().map(Duration::toMillis).orElse(null));
    }

    /** Returns it as the driver shows it. */
    public ProgressLine line() {
      return new ProgressLine(
          parts,
          stepsDone,
          stepsLeft,
          Duration.ofMillis(elapsedMillis),
          Optional.ofNullable(millisLeft).map(Duration::ofMillis));
    }

    private boolean isWhole() {
      return at != null
          && parts != null
          && parts.stream().allMatch(part -> part != null && part.stage() != null);
    }
  }

  /** Keeps the file of a run folder; nothing is written yet. */
  ProgressFile(RunFolder run) {
    this.run = run;
  }

  /** Returns what the driver of a run folder last said, if any has. */
  public static Optional<Content> read(RunFolder run) {
    return new JsonFiles(run.files()).read(run.progress(), Content.class).filter(Content::isWhole);
  }

  /** Takes how far the work has come. */
  void show(ProgressLine line) {
    long now = System.currentTimeMillis();
    if (now - lastMillis < MILLIS_BETWEEN) {
      return;
    }
    lastMillis = now;
    write(line);
  }

  /** Notes that nothing is under way any more. */
  void end() {
    try {
      run.files().delete(run.progress());
    } catch (GridException e) {
      LOGGER.warn("Progress is left behind: {}", e.getMessage());
    }
  }

  // Nobody but an onlooker misses it, so it does not end a run.
  private void write(ProgressLine line) {
    try {
      new JsonFiles(run.files()).write(run.progress(), Content.of(line));
    } catch (GridException e) {
      LOGGER.warn("Progress is left as it was: {}", e.getMessage());
    }
  }
}
