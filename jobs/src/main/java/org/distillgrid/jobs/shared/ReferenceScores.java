package org.distillgrid.jobs.shared;

import java.util.List;
import org.distillgrid.jobs.journal.ImageMetrics;

/**
 * What {@code references.json} says: how the networks and methods score that trials are compared
 * with.
 *
 * @param teacherHash SHA-256 of the teacher's weights; empty when there is no teacher
 * @param images the test images, in order
 * @param teacher the teacher's scores; empty when there is no teacher
 * @param bicubic the scores of bicubic interpolation, or of the input itself at scale 1
 */
public record ReferenceScores(
    String teacherHash,
    List<String> images,
    List<ImageMetrics> teacher,
    List<ImageMetrics> bicubic) {
  public ReferenceScores {
    images = List.copyOf(images);
    teacher = List.copyOf(teacher);
    bicubic = List.copyOf(bicubic);
  }
}
