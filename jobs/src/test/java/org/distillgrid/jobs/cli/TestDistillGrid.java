package org.distillgrid.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.distillgrid.jobs.spec.SpecFolder;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class TestDistillGrid {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void explainsEveryCommand() {
    CommandLine root = DistillGrid.commandLine();
    assertThat(execute(root, "--help")).isZero();
    assertThat(out.toString()).contains("Examples:", "distill-grid run grids/quickstart.yaml");

    for (String name : root.getSubcommands().keySet()) {
      assertThat(execute(DistillGrid.commandLine(), name, "--help")).as(name).isZero();
      assertThat(out.toString()).contains("Usage: distill-grid " + name);
    }
  }

  @Test
  void tellsItsVersion() {
    assertThat(execute(DistillGrid.commandLine(), "--version")).isZero();
    assertThat(out.toString()).startsWith("distill-grid ").contains("Java 17");
  }

  @Test
  void suggestsOptionsAndCommands() {
    assertThat(execute(DistillGrid.commandLine(), "plan", "--trails", "x.yaml")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            "error: Unknown option: '--trails'\nPossible solutions: --trials\n");

    assertThat(execute(DistillGrid.commandLine(), "plam")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            "error: Unmatched argument at index 0: 'plam'\n"
                + "Did you mean: distill-grid plan or distill-grid completion?\n");
  }

  @Test
  void saysOnWhichSideOfTheCommandAnOptionStands() {
    assertThat(execute(DistillGrid.commandLine(), "--workers", "2", "run", "x.yaml")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            "error: Unknown options: '--workers', '2'\n"
                + "It stands behind the command: distill-grid run --workers …\n");

    assertThat(execute(DistillGrid.commandLine(), "run", "x.yaml", "--master=local[1]"))
        .isEqualTo(2);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            "error: Unknown option: '--master=local[1]'\n"
                + "It stands before the command: distill-grid --master … run\n");
  }

  @Test
  void asksForACommand() {
    assertThat(execute(DistillGrid.commandLine())).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines("error: Missing command\nTry: distill-grid --help\n");
  }

  @Test
  void asksForWhatIsMissing() {
    assertThat(execute(DistillGrid.commandLine(), "plan")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            "error: Missing required parameter: 'SPEC'\nTry: distill-grid plan --help\n");
  }

  @Test
  void saysMistakesInOneLine() {
    assertThat(execute(DistillGrid.commandLine(), "plan", "none.yaml")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines("error: Cannot read spec: there is no file none.yaml\n");

    for (ErrorCode code : ErrorCode.values()) {
      CommandLine failing = failing(GridException.of(code, "Cannot do: %s", code));
      assertThat(execute(failing, "fail")).isEqualTo(code.exitStatus());
      assertThat(err.toString()).isEqualToNormalizingNewlines("error: Cannot do: " + code + "\n");
    }
  }

  @Test
  void workersAreForThisMachine() {
    String spec = SpecFolder.in(folder).spec(SpecFolder.LEAST);

    // Where nothing says that the machine is free, this process is the master.
    assertThat(execute(DistillGrid.commandLine(), "run", "--workers", "2", spec)).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            "error: Cannot take --workers with the master local[*]: it is for executors that are"
                + " started here, where no master is named\n");

    assertThat(execute(DistillGrid.commandLine(), "run", "--workers", "0", spec)).isEqualTo(2);
    assertThat(err.toString()).contains("want 1 to 4096, not 0");
    assertThat(execute(DistillGrid.commandLine(), "run", "--worker-memory", "3", spec))
        .isEqualTo(2);
    assertThat(err.toString()).contains("a size is written as in 512m or 4g, not 3");
  }

  @Test
  void saysFaultsInOneLine() {
    CommandLine failing = failing(new IllegalStateException("Out of order\nmore"));

    assertThat(execute(failing, "fail")).isEqualTo(70);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            "error: IllegalStateException: Out of order"
                + " (set DISTILL_GRID_TRACE=1 to see where)\n");
  }

  @Test
  void saysErrorsOfTheMachineInOneLine() {
    CommandLine failing = failing(new OutOfMemoryError("Java heap space"));

    assertThat(execute(failing, "fail")).isEqualTo(70);
    assertThat(err.toString()).startsWith("error: OutOfMemoryError: Java heap space");
  }

  @Test
  void findsTheMistakeInsideAnotherFailure() {
    CommandLine failing =
        failing(new IllegalStateException(GridException.of(ErrorCode.INPUT, "Cannot read: x")));

    assertThat(execute(failing, "fail")).isEqualTo(3);
    assertThat(err.toString()).isEqualToNormalizingNewlines("error: Cannot read: x\n");
  }

  @Test
  void tracesFaultsOnRequest() {
    CommandLine failing =
        failing(new IllegalStateException("Out of order"))
            .setExecutionExceptionHandler(new ErrorLines(ErrorLines.Detail.TRACE));

    assertThat(execute(failing, "fail")).isEqualTo(70);
    assertThat(err.toString()).contains("at " + TestDistillGrid.class.getName());
  }

  @Test
  void listsWhatASpecCanName() {
    assertThat(execute(DistillGrid.commandLine(), "list", "students")).isZero();
    assertThat(out.toString())
        .contains("edsr ")
        .contains("    c          channels of the features (default 64, 1 to 1024)");
    assertThat(execute(DistillGrid.commandLine(), "list", "quantizers")).isZero();
    assertThat(out.toString())
        .contains("fp ", "lsq ", "minmax ")
        .contains(
            "    rate       rate at which clips learn (known), where weights learn at 1e-4"
                + " (default 0.01, a number from 0 to 1)");
    assertThat(execute(DistillGrid.commandLine(), "list", "methods")).isZero();
    assertThat(out.toString()).contains("logits ", "none ");
    assertThat(execute(DistillGrid.commandLine(), "list", "tasks")).isZero();
    assertThat(out.toString()).contains("sr ", "    scales     2, 3, 4");
    assertThat(execute(DistillGrid.commandLine(), "list", "teachers")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("error: Invalid value for positional parameter at index 0 (KIND)");
  }

  @Test
  void takesValuesBeforeTheSpecAndTheSpecFromStandardInput() {
    SpecFolder images = SpecFolder.in(folder);
    String spec = images.spec(SpecFolder.LEAST);
    assertThat(execute(DistillGrid.commandLine(), "plan", "train.steps=5", spec, "name=a"))
        .isZero();
    assertThat(out.toString()).contains("run              a", "1 trials, 5 steps");

    String absolute = SpecFolder.LEAST.replace("[train]", folder + "/train");
    InputStream input = System.in;
    System.setIn(
        new ByteArrayInputStream(
            absolute.replace("path: test", "path: " + folder + "/test").getBytes(UTF_8)));
    try {
      assertThat(execute(DistillGrid.commandLine(), "plan", "-", "train.steps=5")).isZero();
      assertThat(out.toString()).contains("run              tiny");
      System.setIn(new ByteArrayInputStream("- a".getBytes(UTF_8)));
      assertThat(execute(DistillGrid.commandLine(), "plan", "-")).isEqualTo(2);
    } finally {
      System.setIn(input);
    }
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            "error: Cannot use spec standard input: expected a mapping of keys, found a list\n");

    assertThat(execute(DistillGrid.commandLine(), "plan", "train.steps=5")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            "error: Cannot read arguments: none is a spec (name its YAML file, or - for standard"
                + " input)\n");
  }

  @Test
  void suggestsKeysForOptionsThatAreNone() {
    assertThat(execute(DistillGrid.commandLine(), "run", "x.yaml", "--train.steps=5")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            "error: Unknown option: '--train.steps=5'\nDid you mean: train.steps=5?\n");
    assertThat(execute(DistillGrid.commandLine(), "plan", "x.yaml", "--evaluate.sets[0].path", "p"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("Did you mean: evaluate.sets[0].path=VALUE?");
  }

  @Test
  void plansARun() {
    String spec = SpecFolder.in(folder).spec(SpecFolder.LEAST + "teacher: {model: edsr-c32}\n");

    int status =
        execute(
            DistillGrid.commandLine(),
            "plan",
            "--trials",
            spec,
            "grid.bits=[fp, w4a4]",
            "grid.method=[none, logits as plain]",
            "grid.include=[{bits: w4a4, quantizer: minmax}]",
            "output.path=/runs/tiny");

    assertThat(err.toString()).isEmpty();
    assertThat(status).isZero();
    assertThat(out.toString().lines().map(String::stripTrailing))
        .containsExactly(
            "run              tiny",
            "task             sr ×2",
            "teacher          edsr-c32, trained for 10,000 steps of 16 patches",
            "encoder          none, as no method reads one",
            "trials           5 (6 cells, 1 merged, 0 excluded)",
            "  student        edsr-c16-b4 (5)",
            "  bits           fp (2), w4a4 (3)",
            "  quantizer      fp (2), lsq (2), minmax (1)",
            "  method         none (3), logits as plain (2)",
            "  seed           0 (5)",
            "starts           edsr-c16-b4 trained first at full precision",
            "shared students  1 at full precision, 10,000 steps each, 10,000 in all",
            "training         4 trials, 5,000 steps of 16 patches each, 20,000 in all;"
                + " 1 calibrated only",
            "predictions      8,000 images and 421.88 MiB for each 1,000 patches, in"
                + " file:/runs/predictions, for 2 trials; at every step it would be 80,000 (one"
                + " cohort a seed) to 160,000 images (every trial alone)",
            "teacher passes   none",
            "test sets        five",
            "output           /runs/tiny",
            "",
            "     student              bits   quantizer  method         seed",
            "1    edsr-c16-b4          fp     fp         none           0",
            "2    edsr-c16-b4          fp     fp         plain          0",
            "3    edsr-c16-b4          w4a4   lsq        none           0",
            "4    edsr-c16-b4          w4a4   lsq        plain          0",
            "5    edsr-c16-b4          w4a4   minmax     none           0");
  }

  @Test
  void plansATeacherThatRunsAtEveryStep() {
    String spec = SpecFolder.in(folder).spec(SpecFolder.LEAST + "teacher: {model: edsr-c32}\n");
    String[] plan = {"plan", spec, "grid.method=[none, logits, at]", "output.path=/runs/tiny"};

    execute(DistillGrid.commandLine(), plan);
    assertThat(out.toString().lines())
        .anyMatch(line -> line.matches("predictions .* for 1 trials; .*"))
        .contains("teacher passes   5,000 (one cohort a seed) to 5,000 (every trial alone)");

    String[] batch =
        Stream.concat(Stream.of(plan), Stream.of("teacher.predict=batch")).toArray(String[]::new);
    execute(DistillGrid.commandLine(), batch);
    assertThat(out.toString().lines())
        .contains(
            "predictions      none",
            "teacher passes   5,000 (one cohort a seed) to 10,000 (every trial alone)");
  }

  private int execute(CommandLine root, String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    root.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return DistillGrid.execute(root, arguments);
  }

  private static CommandLine failing(Throwable failure) {
    CommandLine root = DistillGrid.commandLine();
    root.addSubcommand(new Fail(failure));
    return root.setExecutionExceptionHandler(new ErrorLines(ErrorLines.Detail.LINE));
  }

  @Command(name = "fail")
  private record Fail(Throwable failure) implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
      if (failure instanceof Error error) {
        throw error;
      }
      throw (Exception) failure;
    }
  }
}
