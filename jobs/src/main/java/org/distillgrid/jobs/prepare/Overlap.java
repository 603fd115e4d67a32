package org.distillgrid.jobs.prepare;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.distillgrid.jobs.prepare.InputFile.Origin;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/**
 * Refuses pictures that are trained on and judged by, however they are called. Test sets may hold
 * the same picture, as the field's do, and so may validation and test.
 */
final class Overlap {
  private static final int NAMED = 5;

  private final Map<String, String> training = new LinkedHashMap<>();

  /** Looks at the files of {@code data.train}, held out or not. */
  Overlap(List<CheckedFile> readable) {
    readable.stream()
        .filter(file -> file.file().origin() == Origin.TRAIN)
        .forEach(file -> contents(file).forEach(training::putIfAbsent));
  }

  /** Refuses validation images that are training images. */
  void refuseValidation(List<CheckedFile> readable) {
    Map<String, String> validation = new LinkedHashMap<>();
    readable.stream()
        .filter(file -> file.file().origin() == Origin.VALIDATE)
        .forEach(
            file ->
                contents(file).forEach((checksum, location) -> validation.put(location, checksum)));
    refuse("validate", Origin.VALIDATE.key(), validation);
  }

  /**
   * Refuses test images that are training images.
   *
   * @param checksums by location
   */
  void refuseTest(Map<String, String> checksums) {
    refuse("evaluate", "evaluate.sets", checksums);
  }

  // Of pairs, both sides: by either of them an image is known again.
  private static Map<String, String> contents(CheckedFile file) {
    Map<String, String> contents = new LinkedHashMap<>();
    file.file().input().forEach(input -> contents.put(file.inputChecksum(), input.location()));
    contents.put(file.checksum(), file.file().location());
    return contents;
  }

  private void refuse(String verb, String key, Map<String, String> checksums) {
    List<String> pairs =
        checksums.entrySet().stream()
            .filter(entry -> training.containsKey(entry.getValue()))
            .map(entry -> entry.getKey() + " = " + training.get(entry.getValue()))
            .sorted()
            .toList();
    if (!pairs.isEmpty()) {
      throw GridException.of(
          ErrorCode.INPUT,
          "Cannot %s on training images: %d files of %s hold what files of data.train hold: %s",
          verb,
          pairs.size(),
          key,
          named(pairs));
    }
  }

  private static String named(List<String> pairs) {
    String first = pairs.stream().limit(NAMED).collect(Collectors.joining(", "));
    if (pairs.size() > NAMED) {
      return first + ", …";
    }
    return first;
  }
}
