package org.distillgrid.jobs.worker;

import java.io.Serializable;
import org.distillgrid.kd.train.TrialSetup;

/**
 * One training that a cohort is ordered to do.
 *
 * @param setup what sets it apart from its companions
 * @param folder the folder of all attempts at it, below the run folder
 * @param steps updates that it is given; 0 when it is only calibrated
 */
public record CohortMember(TrialSetup setup, String folder, long steps)
    implements Training, Serializable {
  @Override
  public String id() {
    return setup.id();
  }
}
