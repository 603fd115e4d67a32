package org.distillgrid.jobs.input;

import java.util.List;

/** What one entry of a list of inputs has led to, and no earlier entry of it had. */
public record Found(List<FoundFile> files, List<Misfit> misfits) {
  /** Takes unmodifiable copies of the lists. */
  public Found {
    files = List.copyOf(files);
    misfits = List.copyOf(misfits);
  }
}
