package org.distillgrid.jobs.score;

import java.io.Serializable;
import java.util.List;
import org.distillgrid.kd.eval.Restoration;
import org.distillgrid.kd.task.Task;

/**
 * What an executor needs to score patches.
 *
 * @param task what is restored
 * @param channels image channels
 * @param teacher the teacher
 * @param students the student, or nothing for the reference: bicubic interpolation, or the input at
 *     scale 1
 */
record ScoringModels(Task task, int channels, ModelFile teacher, List<ModelFile> students)
    implements Serializable {
  ScoringModels {
    students = List.copyOf(students);
  }

  /** Returns the student's model name. */
  String studentName() {
    return students.stream().map(ModelFile::model).findFirst().orElseGet(this::reference);
  }

  /** Returns the hash of the student's weights. */
  String studentHash() {
    return students.stream().map(ModelFile::hash).findFirst().orElseGet(this::reference);
  }

  private String reference() {
    return Restoration.referenceName(task.scale());
  }

  /** Returns what tells these models from others. */
  String key() {
    return String.join(
        "/",
        task.name(),
        Integer.toString(task.scale()),
        Integer.toString(channels),
        teacher.model(),
        teacher.hash(),
        studentName(),
        studentHash());
  }
}
