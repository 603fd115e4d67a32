package org.distillgrid.jobs.draft;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.distillgrid.jobs.folder.RunFiles;
import org.distillgrid.jobs.input.FoundFile;
import org.distillgrid.jobs.input.FoundPair;
import org.distillgrid.jobs.input.FoundPairs;
import org.distillgrid.jobs.input.InputWalk;
import org.distillgrid.jobs.input.PairWalk;
import org.distillgrid.jobs.spec.ImageSource;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/**
 * Images that somebody has, as far as their headers tell; of many, some are looked at, evenly
 * spread over the names.
 *
 * @param found all that are named, but for those that cannot be used
 * @param examples those that were looked at and can be used
 * @param unusable why others that were looked at cannot, a line each
 * @param scale target size over input size, where inputs are files
 * @param channels 1 where those that were decoded are grey, else 3
 */
record Survey(
    List<FoundPair> found,
    List<Example> examples,
    List<String> unusable,
    Optional<Integer> scale,
    int channels) {
  private static final int MOST_HEADERS = 500;
  private static final int MOST_DECODED = 8;

  Survey {
    found = List.copyOf(found);
    examples = List.copyOf(examples);
    unusable = List.copyOf(unusable);
  }

  /**
   * Looks at images.
   *
   * @throws GridException if there are none that can be read, or inputs are not of one scale
   */
  static Survey of(ImageSource source, RunFiles files) {
    List<FoundPair> found = new ArrayList<>(found(source, files));
    found.sort(Comparator.comparing(pair -> pair.target().location()));
    return new Surveyor(source.hasPairs(), files).survey(found);
  }

  // A ground truth alone is its own partner until it is looked at.
  private static List<FoundPair> found(ImageSource source, RunFiles files) {
    if (source.hasPairs()) {
      FoundPairs pairs = new PairWalk(files).find("images", source);
      if (pairs.pairs().isEmpty()) {
        throw GridException.of(
            ErrorCode.INPUT, "Cannot use pairs: no input has a target of its name");
      }
      return pairs.pairs();
    }
    return new InputWalk(files)
        .find("images", source.path().orElseThrow()).files().stream()
            .map(file -> new FoundPair(file, file))
            .toList();
  }

  /** Returns how many images there are for each that was looked at. */
  double share() {
    return (double) found.size() / examples.size();
  }

  /** Looks at one image after the other. */
  private static final class Surveyor {
    private final boolean hasInputs;
    private final RunFiles files;
    private final List<Example> examples = new ArrayList<>();
    private final List<FoundPair> left = new ArrayList<>();
    private final List<String> unusable = new ArrayList<>();
    private Optional<Integer> scale = Optional.empty();

    Surveyor(boolean hasInputs, RunFiles files) {
      this.hasInputs = hasInputs;
      this.files = files;
    }

    Survey survey(List<FoundPair> found) {
      left.addAll(found);
      for (FoundPair pair : spread(found, MOST_HEADERS)) {
        try {
          examples.add(example(pair));
        } catch (GridException e) {
          left.remove(pair);
          unusable.add(e.getMessage());
        }
      }
      int channels = channels();
      if (examples.isEmpty()) {
        throw GridException.of(
            ErrorCode.INPUT, "Cannot use images: none can be read: %s", unusable.get(0));
      }
      return new Survey(left, examples, unusable, scale, channels);
    }

    private Example example(FoundPair pair) {
      FoundFile target = pair.target();
      ImageHeader header = ImageHeader.of(files, target);
      if (!hasInputs) {
        return new Example(target, Optional.empty(), header.height(), header.width());
      }
      int found = scale(header, ImageHeader.of(files, pair.input()), pair);
      if (scale.isPresent() && scale.get() != found) {
        throw GridException.of(
            ErrorCode.INPUT,
            "Cannot use pairs: targets are %d and %d times as large as their inputs: %s",
            scale.get(),
            found,
            target.location());
      }
      scale = Optional.of(found);
      return new Example(target, Optional.of(pair.input()), header.height(), header.width());
    }

    private static int scale(ImageHeader target, ImageHeader input, FoundPair pair) {
      int scale = Math.max(1, target.width() / input.width());
      if (target.width() != scale * input.width() || target.height() != scale * input.height()) {
        throw GridException.of(
            ErrorCode.INPUT,
            "Cannot use pair %s: %d×%d pixels are no whole multiple of the input's %d×%d",
            pair.target().location(),
            target.height(),
            target.width(),
            input.height(),
            input.width());
      }
      return scale;
    }

    // A header may be whole and the rest of its file not.
    private int channels() {
      boolean isGrey = true;
      for (Example example : spread(examples, MOST_DECODED)) {
        try {
          isGrey &= ImageHeader.isGrey(files, example.target());
        } catch (GridException e) {
          examples.remove(example);
          left.removeIf(pair -> pair.target().equals(example.target()));
          unusable.add(e.getMessage());
        }
      }
      if (isGrey) {
        return 1;
      }
      return 3;
    }
  }

  /** Returns so many of a list at most, evenly spread and always the same. */
  static <T> List<T> spread(List<T> all, int most) {
    int count = Math.min(all.size(), most);
    return IntStream.range(0, count)
        .mapToObj(i -> all.get((int) ((2L * i + 1) * all.size() / (2L * count))))
        .toList();
  }
}
