package org.distillgrid.jobs.cli;

import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says where an option stands that is known, but on the other side of the command. */
final class OptionPlaces {
  // Those of bin/distill-grid, which reads them before Java starts.
  private static final Set<String> BEFORE =
      Set.of("--master", "--spark", "--properties-file", "--jars");

  private OptionPlaces() {}

  /** Returns a line about the first argument that was not understood, if it is such an option. */
  static Optional<String> hint(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched)) {
      return Optional.empty();
    }
    String option = unmatched.getUnmatched().get(0).split("=", 2)[0];
    CommandLine command = e.getCommandLine();
    if (BEFORE.contains(option) && command.getParent() != null) {
      return Optional.of(
          "It stands before the command: distill-grid %s … %s"
              .formatted(option, command.getCommandName()));
    }
    return command.getSubcommands().values().stream()
        .filter(below -> below.getCommandSpec().optionsMap().containsKey(option))
        .findFirst()
        .map(
            below ->
                "It stands behind the command: %s %s %s …"
                    .formatted(command.getCommandName(), below.getCommandName(), option));
  }
}
