package org.distillgrid.jobs.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Tells the version of distill-grid and of the Java that runs it. */
public final class Version implements IVersionProvider {
  /** Returns the version of this jar, or {@code development} where it is not in a jar. */
  public static String distillGrid() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("development");
  }

  @Override
  public String[] getVersion() {
    return new String[] {"distill-grid " + distillGrid(), "Java " + Runtime.version()};
  }
}
