package org.distillgrid.jobs.spec;

import java.util.Optional;
import org.distillgrid.jobs.spec.binding.Key;
import org.distillgrid.jobs.spec.binding.Shorthand;

/** Where images lie: ground truths that the task degrades, or targets beside their inputs. */
public record ImageSource(
    @Shorthand
        @Key(
            help =
                "ground-truth images, which the task degrades: a folder, a file or a glob, on this"
                    + " machine or at a Hadoop URI",
            standard = "null")
        Optional<String> path,
    @Key(
            help =
                "in place of path, for task pairs: what networks are shown, likewise a folder, a"
                    + " file or a glob",
            standard = "null")
        Optional<String> input,
    @Key(help = "beside input: the ground truths of the same names", standard = "null")
        Optional<String> target,
    @Key(
            help =
                "how inputs are called, where the field's suffixes do not tell: {}x4, {} being the"
                    + " target's name, or both names, the target's first: {}_gt:{}_lq",
            standard = "null")
        Optional<String> pattern) {
  /** Returns a source of ground truths. */
  public static ImageSource at(String path) {
    return new ImageSource(Optional.of(path), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Returns a source of pairs, matched by the field's names. */
  public static ImageSource ofPairs(String input, String target) {
    return new ImageSource(
        Optional.empty(), Optional.of(input), Optional.of(target), Optional.empty());
  }

  /** Returns whether both sides of pairs are named. */
  public boolean hasPairs() {
    return input.isPresent() && target.isPresent();
  }
}
