package org.distillgrid.kd.train;

/** How a trial comes to what its method reads of the teacher; no companion changes it. */
enum Teaching {
  /** It reads nothing. */
  NONE,
  /** Its output comes from predictions that were made before. */
  PREDICTED,
  /** The teacher runs over each batch. */
  RUN;

  /** Returns that of a trial of a cohort. */
  static Teaching of(TrialSetup trial, CohortSetup cohort) {
    return switch (trial.cell().method().teacherUse()) {
      case NONE -> NONE;
      case OUTPUT -> {
        if (cohort.predictions().isPresent()) {
          yield PREDICTED;
        }
        yield RUN;
      }
      case FEATURES, NETWORK -> RUN;
    };
  }
}
