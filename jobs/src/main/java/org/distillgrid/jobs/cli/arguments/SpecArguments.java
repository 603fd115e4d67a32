package org.distillgrid.jobs.cli.arguments;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.distillgrid.jobs.plan.CheckedSpecs;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.UnmatchedArgumentException;

/** The arguments of every command that works on a spec; used as a mixin. */
public final class SpecArguments {
  // No option has a dot in its name, and most keys have; a name is the most changed that has none.
  private static final Pattern DASHED_KEY = Pattern.compile("--?((?:name|[^=.]+\\.[^=]+)(?:=.*)?)");

  @Parameters(
      index = "0",
      paramLabel = "SPEC",
      description =
          "The run's YAML file, or - for standard input; its keys are described in docs/spec.md.")
  private String first;

  @Parameters(
      index = "1..*",
      paramLabel = "key=value",
      description =
          "Values that replace those of the file, for instance grid.seed='[0, 1]' or"
              + " train.steps=2000; they may stand before it.")
  private List<String> others = new ArrayList<>();

  /**
   * Returns the values that replace those of a key, as a person meant an option that there is not:
   * {@code train.steps=5} for {@code --train.steps=5}.
   */
  public static Optional<String> meant(ParameterException failure) {
    boolean takesKeys =
        failure.getCommandLine().getCommandSpec().mixins().values().stream()
            .anyMatch(mixin -> mixin.userObject() instanceof SpecArguments);
    if (!takesKeys || !(failure instanceof UnmatchedArgumentException unmatched)) {
      return Optional.empty();
    }
    return unmatched.getUnmatched().stream()
        .map(DASHED_KEY::matcher)
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1))
        .map(SpecArguments::assigned)
        .findFirst();
  }

  private static String assigned(String key) {
    if (key.contains("=")) {
      return key;
    }
    return key + "=VALUE";
  }

  /**
   * Reads and checks the spec.
   *
   * @throws GridException with everything that is wrong with it
   */
  public RunSpec read(Catalog catalog) {
    List<String> overrides = new ArrayList<>(List.of(first));
    overrides.addAll(others);
    String location = spec(overrides);
    overrides.remove(location);
    return CheckedSpecs.reader(catalog).read(location, overrides);
  }

  // A path may hold an equals sign as well.
  private static String spec(List<String> arguments) {
    return arguments.stream()
        .filter(argument -> !argument.contains("="))
        .findFirst()
        .or(() -> arguments.stream().filter(SpecArguments::isLocation).findFirst())
        .orElseThrow(
            () ->
                GridException.of(
                    ErrorCode.USAGE,
                    "Cannot read arguments: none is a spec (name its YAML file, or - for standard"
                        + " input)"));
  }

  private static boolean isLocation(String argument) {
    return argument.matches("[a-zA-Z][a-zA-Z0-9+.-]*:/[^=]*.*")
        || Files.isRegularFile(Path.of(argument));
  }
}
