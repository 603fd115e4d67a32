package org.distillgrid.jobs.cli;

import java.util.ArrayList;
import java.util.List;
import org.distillgrid.jobs.plan.CheckedSpecs;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.RunSpec;
import picocli.CommandLine.Parameters;

/** The arguments of every command that works on a spec; used as a mixin. */
public final class SpecArguments {
  @Parameters(
      index = "0",
      paramLabel = "SPEC",
      description = "The run's YAML file; its keys are described in docs/spec.md.")
  private String location;

  @Parameters(
      index = "1..*",
      paramLabel = "key=value",
      description =
          "Values that replace those of the file, for instance grid.seed='[0, 1]' or"
              + " train.steps=2000.")
  private List<String> overrides = new ArrayList<>();

  /** Returns where the spec is. */
  public String location() {
    return location;
  }

  /**
   * Reads and checks the spec.
   *
   * @throws org.distillgrid.kd.error.GridException with everything that is wrong with it
   */
  public RunSpec read(Catalog catalog) {
    return CheckedSpecs.reader(catalog).read(location, overrides);
  }
}
