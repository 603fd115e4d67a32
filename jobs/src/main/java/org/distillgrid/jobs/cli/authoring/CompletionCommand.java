package org.distillgrid.jobs.cli.authoring;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the script by which a shell completes commands and options. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description =
        "Prints the script by which a shell completes commands, options and their choices, for"
            + " bash or for zsh (through its bashcompinit).",
    footerHeading = "%nExamples:%n",
    footer = {
      "  distill-grid completion bash > ~/.local/share/bash-completion/completions/distill-grid",
      "  source <(distill-grid completion zsh)"
    })
public final class CompletionCommand implements Callable<Integer> {
  /** The shells that there is a script for. */
  enum Shell {
    BASH,
    ZSH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(paramLabel = "SHELL", description = "One of: ${COMPLETION-CANDIDATES}.")
  private Shell shell;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    CommandLine root = command.root().commandLine();
    PrintWriter out = command.commandLine().getOut();
    out.print(script(root.getCommandName(), AutoComplete.bash(root.getCommandName(), root)));
    out.flush();
    return 0;
  }

  // Picocli's script asks itself which of both shells reads it. Zsh's own completion must be there
  // before it can lend itself to bash's.
  private String script(String name, String both) {
    return switch (shell) {
      case BASH -> both;
      case ZSH ->
          "# zsh: completion of " + name + "\nautoload -Uz compinit && compinit -u\n" + both;
    };
  }
}
