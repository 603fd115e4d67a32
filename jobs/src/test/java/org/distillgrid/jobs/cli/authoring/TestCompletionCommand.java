package org.distillgrid.jobs.cli.authoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.distillgrid.jobs.cli.DistillGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TestCompletionCommand {
  @TempDir Path folder;

  @Test
  void bashCompletesCommandsOptionsAndChoices() throws Exception {
    Path script = Files.writeString(folder.resolve("completion"), printed("bash"));

    assertThat(bash(script, "complete -p distill-grid")).containsPattern("-F \\S+ .*distill-grid");
    assertThat(completed(script, "distill-grid", "ru")).containsExactlyInAnyOrder("run", "runs");
    assertThat(completed(script, "distill-grid", "plan", "--tr")).containsExactly("--trials");
    assertThat(completed(script, "distill-grid", "completion", "z")).containsExactly("zsh");
  }

  @Test
  void zshGetsTheSameThroughItsBashcompinit() {
    assertThat(printed("zsh"))
        .startsWith("# zsh: completion of distill-grid\nautoload -Uz compinit")
        .contains("bashcompinit")
        .endsWith(printed("bash"));
  }

  @Test
  void knowsTwoShells() {
    StringWriter err = new StringWriter();
    CommandLine root = DistillGrid.commandLine().setErr(new PrintWriter(err, true));

    assertThat(root.execute("completion", "fish")).isEqualTo(2);
    assertThat(err.toString()).contains("SHELL", "expected one of [BASH, ZSH]", "but was 'fish'");
  }

  private static String printed(String shell) {
    StringWriter out = new StringWriter();
    CommandLine root = DistillGrid.commandLine().setOut(new PrintWriter(out, true));
    assertThat(root.execute("completion", shell)).isZero();
    return out.toString();
  }

  /** Returns what bash offers after the last word of a line. */
  private static List<String> completed(Path script, String... words) throws Exception {
    String line = String.join(" ", words);
    String asked =
        """
        COMP_WORDS=(%1$s)
        COMP_CWORD=%2$d
        COMP_LINE='%1$s'
        COMP_POINT=%3$d
        function=$(complete -p distill-grid | sed -E 's/.*-F ([^ ]+).*/\\1/')
        "$function" 2>/dev/null
        printf '%%s\\n' "${COMPREPLY[@]}"
        """
            .formatted(line, words.length - 1, line.length());
    return bash(script, asked).lines().map(String::strip).toList();
  }

  private static String bash(Path script, String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Stream.of("bash", "--norc", "-c", ". \"$0\"; " + command, script.toString())
                    .toList())
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed;
  }
}
