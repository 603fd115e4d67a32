package org.distillgrid.jobs.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.distillgrid.jobs.journal.ImageMetrics;
import org.distillgrid.jobs.journal.Standing;
import org.distillgrid.kd.eval.Restoration;

/**
 * All that the tables of a run are made from.
 *
 * @param standings how every trial stands that has ended, by trial id
 * @param references scores of the teacher, by {@link #TEACHER}, and of what comes of no network, by
 *     {@link #REFERENCES}
 * @param teacherHash SHA-256 of the teacher's weights; empty where there is none (yet)
 */
public record Findings(
    Map<String, Standing> standings,
    Map<String, List<ImageMetrics>> references,
    String teacherHash) {
  /** The trial id under which the teacher's scores are rows. */
  public static final String TEACHER = "teacher";

  /**
   * The trial ids under which the scores of what comes of no network are rows; a run has one of
   * them.
   */
  public static final List<String> REFERENCES =
      List.of(Restoration.BICUBIC_NAME, Restoration.INPUT_NAME);

  public Findings {
    standings = Collections.unmodifiableMap(new LinkedHashMap<>(standings));
    references = Map.copyOf(references);
  }
}
