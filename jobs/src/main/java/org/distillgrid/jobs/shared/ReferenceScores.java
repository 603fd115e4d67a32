package org.distillgrid.jobs.shared;

import java.util.List;
import java.util.Objects;
import org.distillgrid.jobs.journal.ImageMetrics;

/**
 * What {@code references.json} says: how the networks and methods score that trials are compared
 * with.
 *
 * @param teacherHash SHA-256 of the teacher's weights; empty when there is no teacher
 * @param lpipsHash SHA-256 of the weights of LPIPS; empty where it was not measured
 * @param images the test images, in order
 * @param teacher the teacher's scores; empty when there is no teacher
 * @param bicubic the scores of bicubic interpolation, or of the input itself at scale 1
 */
public record ReferenceScores(
    String teacherHash,
    String lpipsHash,
    List<String> images,
    List<ImageMetrics> teacher,
    List<ImageMetrics> bicubic) {
  /** What a run has before they are scored. */
  public static final ReferenceScores NONE =
      new ReferenceScores("", "", List.of(), List.of(), List.of());

  public ReferenceScores {
    lpipsHash = Objects.requireNonNullElse(lpipsHash, "");
    images = List.copyOf(images);
    teacher = List.copyOf(teacher);
    bicubic = List.copyOf(bicubic);
  }
}
