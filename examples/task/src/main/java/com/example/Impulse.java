package com.example;

import java.util.List;
import java.util.Set;
import org.apache.commons.rng.UniformRandomProvider;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.image.UnitRange;
import org.distillgrid.kd.registry.NameOptions;
import org.distillgrid.kd.task.Judgement;
import org.distillgrid.kd.task.Task;
import org.distillgrid.kd.task.TaskFamily;
import org.distillgrid.kd.task.TaskName;
import org.distillgrid.kd.task.TaskOption;

/** Removal of salt-and-pepper noise: {@code impulse-p10} has a tenth of the pixels lost. */
public final class Impulse implements TaskFamily {
  private static final String NAME = "impulse";
  private static final String PERCENT = "p";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String help() {
    return "removal of noise that turns p percent of the pixels black or white";
  }

  @Override
  public List<TaskOption> options() {
    return List.of(new TaskOption(PERCENT, "percent of the pixels that are lost", 10, 1, 90));
  }

  @Override
  public Set<Integer> scales() {
    return Set.of(1);
  }

  @Override
  public Task task(TaskName name, int scale) {
    return new Removal(name.number(PERCENT));
  }

  /** The clean image is stored; which pixels are lost is drawn anew for every look at it. */
  private record Removal(double percent) implements Task {
    private static final long serialVersionUID = 1L;

    @Override
    public String name() {
      return NAME + "-" + PERCENT + NameOptions.written(percent);
    }

    @Override
    public float[] input(PlanarImage stored, UniformRandomProvider draws) {
      float[] values = UnitRange.of(stored);
      int area = stored.height() * stored.width();
      for (int pixel = 0; pixel < area; pixel++) {
        if (draws.nextDouble() < percent / 100) {
          float lost = draws.nextInt(2);
          for (int channel = 0; channel < stored.channels(); channel++) {
            values[channel * area + pixel] = lost;
          }
        }
      }
      return values;
    }

    @Override
    public Judgement judgement() {
      return new Judgement(Judgement.ColorSpace.RGB, 0);
    }
  }
}
