package org.distillgrid.jobs.run;

/** What a run does, one after the other. */
public enum GridStage {
  /** Images are cut into patches. */
  PREPARE("prepare"),
  /** The teacher is taken or trained, and the references are scored. */
  TEACH("teach"),
  /** The encoder is taken or trained, if a method compares images in one. */
  ENCODE("encode"),
  /** The difficulty of the patches is scored, if there is a teacher. */
  SCORE("score"),
  /**
   * What the teacher makes of all patches is computed, if a missing trial is taught by it; a part
   * of {@link #TRAIN}.
   */
  PREDICT("predict"),
  /** Trials are trained and tables published. */
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
