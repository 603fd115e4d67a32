package org.distillgrid.kd.task;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Super-resolution ×2, ×3, ×4 and ×8. */
public final class SuperResolutionFamily implements TaskFamily {
  private static final Set<Integer> SCALES =
      Collections.unmodifiableSet(new TreeSet<>(List.of(2, 3, 4, 8)));

  @Override
  public String name() {
    return SuperResolution.NAME;
  }

  @Override
  public String help() {
    return "super-resolution of images made small by MATLAB's bicubic resize (scales 2, 3, 4, 8)";
  }

  @Override
  public Set<Integer> scales() {
    return SCALES;
  }

  @Override
  public Task task(TaskName name, int scale) {
    return new SuperResolution(scale);
  }
}
