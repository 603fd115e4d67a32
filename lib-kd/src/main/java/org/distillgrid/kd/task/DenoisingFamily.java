package org.distillgrid.kd.task;

import java.util.List;
import java.util.Set;

/** Denoising of grey and of colour images, {@code denoise-s15}, {@code s25}, {@code s50}. */
public final class DenoisingFamily implements TaskFamily {
  @Override
  public String name() {
    return Denoising.NAME;
  }

  @Override
  public String help() {
    return "removal of white Gaussian noise of standard deviation s, neither clipped nor rounded";
  }

  @Override
  public List<TaskOption> options() {
    return List.of(
        new TaskOption(Denoising.SIGMA, "standard deviation of the noise on 0..255", 25, 1, 100));
  }

  @Override
  public Set<Integer> scales() {
    return Set.of(1);
  }

  @Override
  public Task task(TaskName name, int scale) {
    return new Denoising(name.number(Denoising.SIGMA));
  }
}
