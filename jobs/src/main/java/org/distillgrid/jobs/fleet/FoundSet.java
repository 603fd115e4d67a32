package org.distillgrid.jobs.fleet;

import java.io.Serializable;
import java.util.List;
import org.distillgrid.jobs.folder.RunFiles;
import org.distillgrid.jobs.input.Found;
import org.distillgrid.jobs.input.FoundFile;
import org.distillgrid.jobs.input.FoundPair;
import org.distillgrid.jobs.input.FoundPairs;
import org.distillgrid.jobs.input.InputWalk;
import org.distillgrid.jobs.input.Misfit;
import org.distillgrid.jobs.input.PairInput;
import org.distillgrid.jobs.input.PairWalk;
import org.distillgrid.jobs.spec.EvaluationSet;
import org.distillgrid.jobs.worker.CheckedImage;
import org.distillgrid.jobs.worker.EvaluationImage;

/**
 * What one test set of a spec has led to.
 *
 * @param files images that are not read yet
 * @param misfits what else looks like one
 */
record FoundSet(List<SetFile> files, List<CheckedImage> misfits) {
  /**
   * A file of a set.
   *
   * @param bytes its size
   * @param input its input, or nothing where the task makes that
   */
  record SetFile(EvaluationImage image, long bytes, List<PairInput> input)
      implements Serializable {}

  /** Finds the images of a set. */
  static FoundSet of(RunFiles storage, EvaluationSet set) {
    String key = "test set " + set.name();
    if (set.images().hasPairs()) {
      FoundPairs found = new PairWalk(storage).find(key, set.images());
      return new FoundSet(
          found.pairs().stream().map(pair -> file(set, pair)).toList(),
          misfits(set, found.misfits()));
    }
    Found found = new InputWalk(storage).find(key, set.images().path().orElseThrow());
    return new FoundSet(
        found.files().stream().map(file -> file(set, file)).toList(),
        misfits(set, found.misfits()));
  }

  private static SetFile file(EvaluationSet set, FoundFile file) {
    return new SetFile(image(set, file, ""), file.bytes(), List.of());
  }

  private static SetFile file(EvaluationSet set, FoundPair pair) {
    FoundFile target = pair.target();
    return new SetFile(
        image(set, target, pair.input().location()), target.bytes(), List.of(PairInput.of(pair)));
  }

  private static List<CheckedImage> misfits(EvaluationSet set, List<Misfit> misfits) {
    return misfits.stream()
        .map(
            misfit ->
                CheckedImage.bad(
                    image(set, misfit.file(), ""), misfit.file().bytes(), misfit.reason()))
        .toList();
  }

  private static EvaluationImage image(EvaluationSet set, FoundFile file, String input) {
    return new EvaluationImage(set.name(), file.image(), file.location(), input);
  }
}
