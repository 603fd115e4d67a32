package org.distillgrid.jobs.worker;

import java.util.List;
import org.distillgrid.jobs.journal.ImageMetrics;
import org.distillgrid.kd.train.TrainedTrial;

/** Scores what a training left, on the thread that trained it. */
@FunctionalInterface
interface Scorer {
  /** Returns one score per evaluated image. */
  List<ImageMetrics> score(TrainedTrial trained);
}
