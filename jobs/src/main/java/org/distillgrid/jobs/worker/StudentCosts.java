package org.distillgrid.jobs.worker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.distillgrid.kd.eval.ModelDescription;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.quant.Bits;
import org.distillgrid.kd.train.Cell;
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

  private record Key(String student, String quantizer, Bits bits) {
    static Key of(Cell cell) {
      return new Key(cell.student().text(), cell.quantizer().canonical(), cell.bits());
    }
  }

  private final ModelTarget target;
  private final Map<String, Cell> cells = new HashMap<>();
  private final Map<Key, Cost> known = new HashMap<>();

  /** Knows the students of trials by the trials' ids. */
  StudentCosts(ModelTarget target, List<TrialSetup> trials) {
    this.target = target;
    for (TrialSetup trial : trials) {
      cells.put(trial.id(), trial.cell());
    }
  }

  /** Returns what the student of a trial costs. */
  Cost of(String trialId) {
    Cell cell = cells.get(trialId);
    return known.computeIfAbsent(Key.of(cell), key -> cost(cell));
  }

  private Cost cost(Cell cell) {
    ModelDescription description =
        ModelDescription.of(cell.student(), target, cell.quantizer(), cell.bits(), HEIGHT, WIDTH);
    return new Cost(description.macs(), description.bitOperations());
  }
}
