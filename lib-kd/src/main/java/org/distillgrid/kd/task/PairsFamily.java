package org.distillgrid.kd.task;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Pairs of files, input and target, at scales 1 to 4. */
public final class PairsFamily implements TaskFamily {
  private static final Set<Integer> SCALES =
      Collections.unmodifiableSet(new TreeSet<>(List.of(1, 2, 3, 4)));

  @Override
  public String name() {
    return Pairs.NAME;
  }

  @Override
  public String help() {
    return "restoration of inputs that are files of their own, each beside its target (scales 1, 2,"
        + " 3, 4)";
  }

  @Override
  public Set<Integer> scales() {
    return SCALES;
  }

  @Override
  public Task task(TaskName name, int scale) {
    return new Pairs(scale);
  }
}
