package org.distillgrid.jobs.worker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.distillgrid.kd.eval.ModelDescription;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.quant.Bits;
import org.distillgrid.kd.quant.QuantizerSetting;
import org.distillgrid.kd.train.TrialSetup;

/**
 * What the students of a cohort cost for a restored image of 1280×720, as the literature counts it;
 * each student, quantiser and bits once, when it is first asked for.
 */
final class StudentCosts {
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 720;

  /**
   * A student's costs.
   *
   * @param macs multiplications with an addition
   * @param bitOperations the same, each times the bits of both operands
   */
  record Cost(long macs, long bitOperations) {
    /** Stands for the costs of what is no student. */
    static final Cost NONE = new Cost(0, 0);
  }

  private record Key(String student, String quantizer, String bits) {}

  private final ModelTarget target;
  private final Map<String, Key> keys = new HashMap<>();
  private final Map<Key, Cost> known = new HashMap<>();

  /** Knows the students of trials by the trials' ids. */
  StudentCosts(ModelTarget target, List<TrialSetup> trials) {
    this.target = target;
    for (TrialSetup trial : trials) {
      keys.put(trial.id(), new Key(trial.student(), trial.quantizer(), trial.bits()));
    }
  }

  /** Returns what the student of a trial costs. */
  Cost of(String trialId) {
    return known.computeIfAbsent(keys.get(trialId), this::cost);
  }

  private Cost cost(Key key) {
    ModelDescription description =
        ModelDescription.of(
            key.student(),
            target,
            QuantizerSetting.parse(key.quantizer()),
            Bits.parse(key.bits()),
            HEIGHT,
            WIDTH);
    return new Cost(description.macs(), description.bitOperations());
  }
}
