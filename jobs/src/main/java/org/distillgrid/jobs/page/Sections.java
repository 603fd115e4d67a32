package org.distillgrid.jobs.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.distillgrid.jobs.folder.Messages;

/**
 * What a page shows, part by part, and a line for each part that is not there. A part is called as
 * the page's scripts call it.
 */
final class Sections {
  /** Parts that make a page large, the one that goes first when it is too large first. */
  static final List<String> DISPENSABLE =
      List.of("patches", "maps", "trials", "curves", "images", "gains", "crops", "differences");

  private final Map<String, Object> parts = new LinkedHashMap<>();
  private final Map<String, String> notes = new LinkedHashMap<>();

  /** Adds a part. */
  void add(String part, Object content) {
    parts.put(part, content);
  }

  /** Adds a part that is a list; an empty one is not there, and this says why. */
  void addUnlessEmpty(String part, List<?> content, String whyNot) {
    if (content.isEmpty()) {
      miss(part, whyNot);
    } else {
      add(part, content);
    }
  }

  /** Says why a part is not there. */
  void miss(String part, String why) {
    parts.remove(part);
    notes.put(part, why);
  }

  /**
   * Adds a part that is made of more than tables. What is not there any more, or cannot be read, is
   * no reason to show nothing of the run.
   */
  void attempt(String part, Supplier<List<?>> content, String whyNot) {
    try {
      addUnlessEmpty(part, content.get(), whyNot);
    } catch (RuntimeException | LinkageError e) {
      // Where the driver lacks PyTorch, its loading fails with errors of many kinds.
      miss(part, Messages.firstLine(e));
    }
  }

  /** Returns all of it, as the page's scripts read it. */
  Map<String, Object> all() {
    Map<String, Object> all = new LinkedHashMap<>(parts);
    all.put("notes", notes);
    return all;
  }
}
