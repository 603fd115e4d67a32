package org.distillgrid.jobs.prepare;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.jobs.prepare.InputFile.Origin;
import org.distillgrid.jobs.spec.DataSpec;
import org.distillgrid.jobs.table.PreparedData;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/**
 * Which image belongs to which split: a function of the images alone, never of the cluster.
 *
 * @param parts the images of each part, by name
 */
record SplitPlan(SortedMap<Part, List<CheckedFile>> parts) {
  private static final int ONE_IN = 20;

  /** One partition of the patch table. */
  record Part(String dataset, String split) implements Comparable<Part> {
    @Override
    public int compareTo(Part other) {
      int byDataset = dataset.compareTo(other.dataset);
      if (byDataset != 0) {
        return byDataset;
      }
      return split.compareTo(other.split);
    }
  }

  /**
   * Plans images. Those of {@code data.validate} are the split {@code valid}; where the spec names
   * none, the first of every twenty training images by checksum are, but at least one.
   *
   * @param validation whether the spec names validation images
   * @throws GridException if a split would be empty
   */
  static SplitPlan of(List<CheckedFile> usable, Validation validation) {
    Set<CheckedFile> valid =
        switch (validation) {
          case GIVEN -> validationImages(usable);
          case HELD_OUT -> heldOut(usable);
        };
    SortedMap<Part, List<CheckedFile>> parts = new TreeMap<>();
    for (CheckedFile image : usable.stream().sorted(CheckedFile.BY_NAME).toList()) {
      Part part = new Part(image.file().dataset(), split(valid.contains(image)));
      parts.computeIfAbsent(part, absent -> new ArrayList<>()).add(image);
    }
    SplitPlan plan = new SplitPlan(parts);
    if (plan.images(PreparedData.TRAIN) == 0 || plan.images(PreparedData.VALID) == 0) {
      throw GridException.of(ErrorCode.INPUT, "Cannot prepare patches: %s", validation.missing());
    }
    return plan;
  }

  /** Where validation images come from. */
  enum Validation {
    /** The spec names them. */
    GIVEN("data.train and data.validate need one usable image each"),
    /** They are taken from the training images. */
    HELD_OUT("data.train needs two usable images, one to hold out (or name data.validate)");

    private final String missing;

    Validation(String missing) {
      this.missing = missing;
    }

    /** Returns which of the two a spec asks for. */
    static Validation of(DataSpec data) {
      if (data.validate().isEmpty()) {
        return HELD_OUT;
      }
      return GIVEN;
    }

    String missing() {
      return missing;
    }
  }

  /** Returns how many images a split has. */
  long images(String split) {
    return parts.entrySet().stream()
        .filter(entry -> entry.getKey().split().equals(split))
        .mapToLong(entry -> entry.getValue().size())
        .sum();
  }

  /** Returns the plan without some images, whose split stays that of this plan. */
  SplitPlan without(Set<String> keys) {
    SortedMap<Part, List<CheckedFile>> left = new TreeMap<>();
    parts.forEach(
        (part, images) ->
            left.put(
                part,
                images.stream().filter(image -> !keys.contains(image.file().key())).toList()));
    return new SplitPlan(left);
  }

  private static Set<CheckedFile> validationImages(List<CheckedFile> usable) {
    Set<CheckedFile> valid = new HashSet<>();
    for (CheckedFile image : usable) {
      if (image.file().origin() == Origin.VALIDATE) {
        valid.add(image);
      }
    }
    return valid;
  }

  private static Set<CheckedFile> heldOut(List<CheckedFile> usable) {
    int count = Math.max(1, usable.size() / ONE_IN);
    Set<String> targets = new HashSet<>();
    usable.stream()
        .sorted(CheckedFile.BY_CHECKSUM)
        .limit(count)
        .forEach(image -> targets.add(image.checksum()));
    // Of pairs, a target may have several inputs: it is held out with all of them.
    return new HashSet<>(
        usable.stream().filter(image -> targets.contains(image.checksum())).toList());
  }

  private static String split(boolean isValidation) {
    if (isValidation) {
      return PreparedData.VALID;
    }
    return PreparedData.TRAIN;
  }
}
