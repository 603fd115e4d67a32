package org.distillgrid.kd.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.task.Task;
import org.distillgrid.kd.train.patches.BlindPatches;
import org.distillgrid.kd.train.patches.NoPatches;

/**
 * What a training step takes, measured: real steps of a real student on patches that show nothing.
 *
 * @param seconds of one step
 * @param batch patches of that step: as many as were asked for, or 1 where those would take too
 *     long
 * @param side of a patch in ground-truth pixels
 */
public record StepTime(double seconds, int batch, int side) {
  private static final double NANOSECONDS = 1e9;
  private static final int FIRST_STEPS = 4;
  private static final int MORE = 4;

  /**
   * What is measured.
   *
   * @param cell a student that is trained, without a teacher
   * @param channels of images, 1 or 3
   * @param side of a patch in ground-truth pixels, a multiple of the task's scale
   * @param batch patches a step
   */
  public record Step(Cell cell, Task task, int channels, int side, int batch) {}

  /**
   * Measures for about so long; the first few steps are made whatever they take.
   *
   * @throws org.distillgrid.kd.error.GridException if the student cannot be trained
   */
  public static StepTime measure(Step step, TrainingDevice device, double seconds) {
    double started = now();
    double ofOne = run(step, 1, FIRST_STEPS, device);
    if (ofOne * step.batch() * FIRST_STEPS > seconds) {
      return new StepTime(ofOne, 1, step.side());
    }
    int steps = FIRST_STEPS;
    double each = run(step, step.batch(), steps, device);
    // The longer, the nearer to what a long training takes a step.
    while (now() - started + steps * MORE * each < seconds) {
      steps *= MORE;
      each = run(step, step.batch(), steps, device);
    }
    return new StepTime(each, step.batch(), step.side());
  }

  /** Returns what a step takes for each ground-truth pixel of its batch, in seconds. */
  public double secondsPerPixel() {
    return seconds / ((double) batch * side * side);
  }

  private static double run(Step step, int batch, int steps, TrainingDevice device) {
    List<Double> ended = new ArrayList<>();
    SoleTrial trial = new SoleTrial((made, all) -> ended.add(now()));
    CohortTraining.run(device, setup(step, batch, steps), Map.of(), trial);
    trial.result(step.cell());
    List<Double> each = new ArrayList<>();
    for (int i = 1; i < ended.size(); i++) {
      each.add(ended.get(i) - ended.get(i - 1));
    }
    return each.stream().sorted().toList().get(each.size() / 2);
  }

  private static CohortSetup setup(Step step, int batch, int steps) {
    Task task = step.task();
    Schedule schedule = new Schedule(steps, batch, 1e-4, List.of(), 1, 0.99, steps, steps);
    return new CohortSetup(
        task,
        new ModelTarget(step.channels(), task.scale()),
        step.cell().seed(),
        schedule,
        1,
        new BlindPatches(step.channels(), step.side(), task.scale()),
        new NoPatches(),
        Optional.empty(),
        Map.of(),
        Optional.empty(),
        List.of(new TrialSetup("step", step.cell())));
  }

  private static double now() {
    return System.nanoTime() / NANOSECONDS;
  }
}
