package org.distillgrid.jobs.input;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.distillgrid.kd.eval.FieldRoles;

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

  /**
   * Returns the name of pairs: that of the targets' folder or, where this says no more than {@code
   * target}, of the one above it.
   */
  public String ofPairs(String targets, String inputs) {
    return byFolder.computeIfAbsent(targets + "\n" + inputs, both -> fresh(telling(targets)));
  }

  /** Returns what pairs that lie in a folder would be called if no others were. */
  public static String telling(String folder) {
    int slash = folder.lastIndexOf('/');
    if (slash > 0 && FieldRoles.isRole(folder.substring(slash + 1))) {
      return plain(folder.substring(0, slash));
    }
    return plain(folder);
  }

  private static String plain(String folder) {
    String last = folder.substring(folder.lastIndexOf('/') + 1);
    String name = UNSAFE.matcher(last).replaceAll("_");
    if (name.isEmpty()) {
      return "images";
    }
    return name;
  }

  private String fresh(String folder) {
    String name = plain(folder);
    String distinct = name;
    for (int number = 2; !given.add(distinct); number++) {
      distinct = name + "-" + number;
    }
    return distinct;
  }
}
