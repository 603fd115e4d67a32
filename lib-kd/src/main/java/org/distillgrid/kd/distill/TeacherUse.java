package org.distillgrid.kd.distill;

/**
 * What a method reads of the teacher, from nothing to everything: whoever reads one of them may
 * read those before it too.
 */
public enum TeacherUse {
  /** Nothing: a trial needs no teacher, and its numbers do not depend on one. */
  NONE,
  /** The images that it makes of a step's batch; predictions made before do as well. */
  OUTPUT,
  /** What it sees of a step's batch after each of its segments, too. */
  FEATURES,
  /** The network itself, which the method runs on images or features of its own. */
  NETWORK;

  /** Returns the use of two methods together. */
  public TeacherUse and(TeacherUse other) {
    if (compareTo(other) < 0) {
      return other;
    }
    return this;
  }
}
