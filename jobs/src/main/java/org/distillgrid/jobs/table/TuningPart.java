package org.distillgrid.jobs.table;

import java.io.Serializable;
import java.util.Optional;

/**
 * The part that a trial has in the tuning of its cell.
 *
 * @param label what tables call the tuned method
 * @param options the values that it has of the method's lists
 * @param isCandidate whether its own validation is compared with that of others
 * @param isChosen whether its values are the chosen ones; null as long as none are
 */
public record TuningPart(String label, String options, boolean isCandidate, Boolean isChosen)
    implements Serializable {
  Optional<Boolean> chosen() {
    return Optional.ofNullable(isChosen);
  }
}
