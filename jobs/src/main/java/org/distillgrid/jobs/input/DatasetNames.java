package org.distillgrid.jobs.input;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Gives every data folder the name of its last part; a second folder of that name gets a number.
 */
public final class DatasetNames {
  private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._-]");

  private final Map<String, String> byFolder = new HashMap<>();
  private final Set<String> given = new HashSet<>();

  /** Returns the name of a folder, the same whenever it is asked for. */
  public String of(String folder) {
    return byFolder.computeIfAbsent(folder, this::fresh);
  }

  private String fresh(String folder) {
    String last = folder.substring(folder.lastIndexOf('/') + 1);
    String name = UNSAFE.matcher(last).replaceAll("_");
    if (name.isEmpty()) {
      name = "images";
    }
    String distinct = name;
    for (int number = 2; !given.add(distinct); number++) {
      distinct = name + "-" + number;
    }
    return distinct;
  }
}
