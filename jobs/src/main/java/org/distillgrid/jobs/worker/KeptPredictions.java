package org.distillgrid.jobs.worker;

import java.io.Serializable;
import org.distillgrid.jobs.folder.PredictionPlace;
import org.distillgrid.kd.prediction.PredictionSet;
import org.distillgrid.kd.prediction.PredictionSize;

/**
 * What the teacher of a run says of its training patches.
 *
 * @param place where it lies
 * @param set what lies there
 */
public record KeptPredictions(PredictionPlace place, PredictionSet set) implements Serializable {
  /** Stands for those of a run of which no trial is taught by predictions. */
  public static final KeptPredictions NONE =
      new KeptPredictions(
          new PredictionPlace(""), new PredictionSet("", 0, new PredictionSize(0, 0, 0), 1));

  /** Returns whether there are any. */
  public boolean present() {
    return !place.location().isEmpty();
  }
}
