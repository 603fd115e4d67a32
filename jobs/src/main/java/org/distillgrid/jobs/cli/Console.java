package org.distillgrid.jobs.cli;

import java.io.PrintWriter;
import org.distillgrid.jobs.fleet.ProgressDisplay;
import org.distillgrid.jobs.fleet.ProgressLine;
import org.distillgrid.jobs.run.GridListener;

/** Shows how a grid fares: what is said on standard output, progress on standard error. */
final class Console implements GridListener {
  private final PrintWriter out;
  private final ProgressDisplay display = ProgressDisplay.onStandardError();

  Console(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void line(String line) {
    out.println(line);
    out.flush();
  }

  @Override
  public void progressed(ProgressLine progress) {
    display.show(progress);
  }

  @Override
  public void progressEnded() {
    display.end();
  }
}
