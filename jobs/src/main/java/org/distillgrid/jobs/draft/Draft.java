package org.distillgrid.jobs.draft;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.distillgrid.jobs.folder.RunFiles;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.ImageSource;
import org.distillgrid.jobs.spec.InputEntries;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.task.TaskSum;

/**
 * A first spec for images that somebody has, and why it is so.
 *
 * @param yaml the spec, with comments
 * @param reasons what was seen and chosen, by what it is about
 */
public record Draft(String yaml, List<Reason> reasons) {
  private static final int USUAL_SCALE = 2;

  /** Something that was seen or chosen. */
  public record Reason(String about, String text) {}

  /**
   * What a draft is asked for.
   *
   * @param name the run's name
   * @param images ground truths, or pairs, as a person spells them from the current folder
   * @param task its name
   * @param scale target size over input size, where it is asked for
   * @param file where the spec will be written, on this machine
   */
  public record Request(
      String name, ImageSource images, String task, OptionalInt scale, Path file) {}

  /** Takes an unmodifiable copy. */
  public Draft {
    reasons = List.copyOf(reasons);
  }

  /**
   * Looks at the images and drafts a spec for them.
   *
   * @throws GridException if no spec suits them, or the task is unknown
   */
  public static Draft of(Request request, Catalog catalog) {
    InputEntries named = named(request.images());
    RunFiles files = new RunFiles(named.configuration());
    Survey survey = Survey.of(source(request.images(), named.paths()), files);
    int scale = scale(request, survey, catalog);
    PatchChoice patches = PatchChoice.of(survey, scale);
    HeldOut division = HeldOut.of(survey, patches.side());
    NetworkChoice networks = NetworkChoice.of(patches.count(), scale);
    Path folder = request.file().toAbsolutePath().normalize().getParent();
    DraftText text =
        new DraftText(request, scale, survey, patches, division, networks, new DraftPaths(folder));
    return new Draft(text.yaml(), reasons(request, scale, survey, patches, division, networks));
  }

  private static InputEntries named(ImageSource images) {
    if (images.hasPairs()) {
      return InputEntries.of(List.of(images.input().orElseThrow(), images.target().orElseThrow()));
    }
    return InputEntries.of(List.of(images.path().orElseThrow()));
  }

  private static ImageSource source(ImageSource images, List<String> paths) {
    if (images.hasPairs()) {
      return ImageSource.ofPairs(paths.get(0), paths.get(1));
    }
    return ImageSource.at(paths.get(0));
  }

  private static int scale(Request request, Survey survey, Catalog catalog) {
    TaskSum task = catalog.task(request.task());
    int standard = USUAL_SCALE;
    if (task.scales().contains(1)) {
      standard = 1;
    }
    Optional<Integer> seen = survey.scale();
    int scale = seen.orElse(request.scale().orElse(standard));
    if (seen.isPresent() && request.scale().orElse(scale) != scale) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot draft a spec of scale %d: targets are %d times as large as inputs",
          request.scale().orElseThrow(),
          scale);
    }
    if (!task.scales().contains(scale)) {
      throw GridException.of(
          ErrorCode.USAGE, "Cannot draft a spec: task %s has no scale %d", request.task(), scale);
    }
    return scale;
  }

  private static List<Reason> reasons(
      Request request,
      int scale,
      Survey survey,
      PatchChoice patches,
      HeldOut division,
      NetworkChoice networks) {
    List<Reason> reasons = new ArrayList<>();
    reasons.add(new Reason("images", seen(survey)));
    survey.unusable().stream().limit(3).forEach(line -> reasons.add(new Reason("", line)));
    reasons.add(new Reason("task", request.task() + " ×" + scale));
    reasons.add(
        new Reason(
            "patch",
            "%d pixels, %d of an input: as papers have it, or what nine in ten images can give"
                .formatted(patches.side(), patches.side() / scale)));
    reasons.add(
        new Reason(
            "stride",
            String.format(
                Locale.ROOT, "%d pixels: about %,d patches", patches.stride(), patches.count())));
    reasons.add(
        new Reason(
            "test set",
            "%d of the images, evenly spread over the names".formatted(division.test().size())));
    reasons.add(
        new Reason(
            "teacher",
            "%s, %s; the student is %s"
                .formatted(networks.teacher(), networks.reason(), networks.student())));
    return reasons;
  }

  /** Returns what was seen in words: {@code 24 images, 32×48 to 400×600 pixels, colour}. */
  static String seen(Survey survey) {
    String colour = "colour";
    if (survey.channels() == 1) {
      colour = "grey";
    }
    int least = survey.examples().stream().mapToInt(Example::side).min().orElseThrow();
    int most =
        survey.examples().stream()
            .mapToInt(example -> Math.max(example.height(), example.width()))
            .max()
            .orElseThrow();
    String lookedAt = "";
    if (survey.examples().size() < survey.found().size()) {
      lookedAt = " (%d of them seen)".formatted(survey.examples().size());
    }
    return "%d images%s, sides of %d to %d pixels, %s"
        .formatted(survey.found().size(), lookedAt, least, most, colour);
  }
}
