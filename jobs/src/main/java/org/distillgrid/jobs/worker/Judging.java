package org.distillgrid.jobs.worker;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.distillgrid.jobs.journal.LpipsNetwork;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.kd.task.Judgement;
import org.distillgrid.kd.task.Tasks;

/**
 * How the test images of a run are judged.
 *
 * @param sets how those of each evaluation set are compared, by its name
 * @param lpips the network in whose features LPIPS compares them, by its backbone's name, or none
 */
public record Judging(Map<String, Judgement> sets, NetworkWeights lpips) implements Serializable {
  public Judging {
    sets = Map.copyOf(sets);
  }

  /** Returns how a spec has its test images judged. */
  public static Judging of(RunSpec spec, NetworkWeights lpips) {
    Judgement ofTask = Tasks.of(spec.task().name(), spec.task().scale()).judgement();
    Map<String, Judgement> sets = new HashMap<>();
    spec.evaluate().sets().forEach(set -> sets.put(set.name(), set.judgement(ofTask)));
    return new Judging(sets, lpips);
  }

  /** Returns how the images of a set are compared. */
  public Judgement of(String dataset) {
    return sets.get(dataset);
  }

  /** Returns what results say of the network; null where there is none. */
  LpipsNetwork network() {
    if (!lpips.present()) {
      return null;
    }
    return new LpipsNetwork(lpips.name(), lpips.hash());
  }
}
