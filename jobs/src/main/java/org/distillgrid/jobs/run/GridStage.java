package org.distillgrid.jobs.run;

/**
 * What a run does. {@link #PREPARE} comes before everything, and {@link #TRAIN} ends last; the
 * others overlap, as each piece of work begins when what it needs is there.
 */
public enum GridStage {
  /** Images are cut into patches. */
  PREPARE("prepare"),
  /** The teacher is taken or trained, and then the references are scored. */
  TEACH("teach"),
  /** The encoder is taken or trained, if a method compares images in one. */
  ENCODE("encode"),
  /** The difficulty of the patches is scored once the teacher is there, if there is one. */
  SCORE("score"),
  /**
   * What the teacher makes of all patches is computed once the teacher is there, if a missing trial
   * is taught by it.
   */
  PREDICT("predict"),
  /** Full-precision students and trials are trained, and tables are published. */
  TRAIN("train");

  private final String text;

  GridStage(String text) {
    this.text = text;
  }

  /** Returns its name as the journal writes it. */
  String text() {
    return text;
  }
}
