package org.distillgrid.jobs.plan;

import java.io.Serializable;
import java.util.Map;

/**
 * What is known of a run's inputs only after they have been read.
 *
 * @param data fingerprint of the patch table
 * @param teacher SHA-256 of the teacher's weights, in hexadecimal; empty when there is no teacher
 * @param encoder SHA-256 of the encoder's weights; empty when no trial reads one
 * @param students SHA-256 of the weights that the spec gives students, by the students' labels
 */
public record ContentKeys(String data, String teacher, String encoder, Map<String, String> students)
    implements Serializable {
  /** Takes an unmodifiable copy of the students. */
  public ContentKeys {
    students = Map.copyOf(students);
  }

  /** Returns the SHA-256 of the weights that the spec gives a student. */
  String student(String label) {
    String hash = students.get(label);
    if (hash == null) {
      throw new IllegalStateException("The weights of " + label + " are not known yet");
    }
    return hash;
  }

  /** The keys of a run whose students have no weights of their own. */
  public ContentKeys(String data, String teacher, String encoder) {
    this(data, teacher, encoder, Map.of());
  }
}
