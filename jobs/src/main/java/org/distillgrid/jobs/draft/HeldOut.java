package org.distillgrid.jobs.draft;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.distillgrid.jobs.input.FoundPair;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/**
 * Which images are learnt from and which are kept for the test: one in ten, evenly spread over the
 * names, so that the same folder is always divided alike.
 *
 * @param train images to learn from; one in twenty of them, at least one, is a run's validation
 * @param test images that no network sees while it is trained
 */
record HeldOut(List<FoundPair> train, List<Example> test) {
  private static final int ONE_IN = 10;
  private static final int MOST = 20;
  private static final int LEAST_IMAGES = 3;
  private static final int MOST_LISTED = 20_000;

  HeldOut {
    train = List.copyOf(train);
    test = List.copyOf(test);
  }

  /**
   * Divides images.
   *
   * @param patch side of a patch, which every test image is to have at least
   * @throws GridException if there are too few, or too many to list
   */
  static HeldOut of(Survey survey, int patch) {
    List<Example> large =
        survey.examples().stream().filter(example -> example.side() >= patch).toList();
    List<Example> usable = large.stream().filter(DraftPaths::canBePartOfAGlob).toList();
    if (usable.size() < LEAST_IMAGES) {
      throw GridException.of(
          ErrorCode.INPUT,
          "Cannot draft a spec: %d usable images, and it takes %d: to learn from, to validate on and"
              + " to be tested on%s",
          usable.size(),
          LEAST_IMAGES,
          unlisted(large.size() - usable.size()));
    }
    if (survey.found().size() > MOST_LISTED) {
      throw GridException.of(
          ErrorCode.INPUT,
          "Cannot draft a spec: %d images are too many to list; draft one for a part of them, and"
              + " name a folder each for data.train and evaluate.sets there",
          survey.found().size());
    }
    int count = Math.min(MOST, Math.max(1, usable.size() / ONE_IN));
    List<Example> test = Survey.spread(usable, count);
    Set<String> kept = new HashSet<>();
    test.forEach(example -> kept.add(example.target().location()));
    List<FoundPair> train = new ArrayList<>(survey.found());
    train.removeIf(pair -> kept.contains(pair.target().location()));
    return new HeldOut(train, test);
  }

  private static String unlisted(int images) {
    if (images == 0) {
      return "";
    }
    return "; " + images + " have one of *?[]{}\\,^ in their paths, which no list can have";
  }
}
