package org.distillgrid.jobs.spec;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.distillgrid.jobs.spec.yaml.YamlNode;
import org.distillgrid.jobs.spec.yaml.YamlText;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/**
 * Inputs that a command line names as a spec's {@code data.train} does: folders, files, globs, on
 * this machine or at a Hadoop URI; one argument may be a list of them, {@code [Set5, Set14]}.
 *
 * @param paths what they are from the current folder, as {@code data.train} would have it
 * @param configuration Hadoop's settings, as Spark would have them
 */
public record InputEntries(List<String> paths, Configuration configuration) {
  /** Takes an unmodifiable copy of the paths. */
  public InputEntries {
    paths = List.copyOf(paths);
  }

  /**
   * Reads arguments.
   *
   * @throws GridException if one cannot be a path, or begins and ends as a list does and is none
   */
  public static InputEntries of(List<String> arguments) {
    Locations locations = Locations.standard();
    List<String> paths = new ArrayList<>();
    for (String argument : arguments) {
      for (String entry : entries(argument, locations)) {
        paths.add(resolved(entry, locations));
      }
    }
    return new InputEntries(paths, locations.configuration());
  }

  private static String resolved(String entry, Locations locations) {
    try {
      return locations.resolve(entry, Locations.current());
    } catch (IllegalArgumentException e) {
      throw GridException.of(
          e, ErrorCode.USAGE, "Cannot be the path %s: %s", entry, e.getMessage());
    }
  }

  private static List<String> entries(String argument, Locations locations) {
    if (!argument.startsWith("[") || !argument.endsWith("]") || exists(argument, locations)) {
      return List.of(argument);
    }
    List<String> entries = new ArrayList<>();
    if (YamlText.parse(argument, "argument " + argument) instanceof YamlNode.Listing list) {
      for (YamlNode element : list.elements()) {
        if (element instanceof YamlNode.Scalar scalar) {
          entries.add(scalar.text());
        }
      }
    }
    return entries;
  }

  private static boolean exists(String argument, Locations locations) {
    try {
      return locations.exists(locations.resolve(argument, Locations.current()));
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }
}
