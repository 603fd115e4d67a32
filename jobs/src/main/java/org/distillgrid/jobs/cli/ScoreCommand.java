package org.distillgrid.jobs.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.distillgrid.jobs.cli.arguments.SpecArguments;
import org.distillgrid.jobs.cli.arguments.WorkerArguments;
import org.distillgrid.jobs.cluster.Workers;
import org.distillgrid.jobs.run.GridMemory;
import org.distillgrid.jobs.score.StudentChoice;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.RunSpec;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Scores the patches of a prepared run by their difficulty. */
@Command(
    name = "score",
    mixinStandardHelpOptions = true,
    description =
        "Fills the table difficulty of a run: four signals a patch, from the teacher and a student"
            + " (bicubic interpolation unless one is named; the input itself at scale 1). Needs prepare, and a teacher.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  distill-grid score grids/quickstart.yaml",
      "  distill-grid score --student edsr-c16-b4 --student-weights student.safetensors"
          + " grids/quickstart.yaml"
    })
public final class ScoreCommand implements Callable<Integer> {
  @Mixin private SpecArguments arguments;

  @Mixin private WorkerArguments workers;

  @ArgGroup(exclusive = false)
  private StudentOptions student;

  @Spec private CommandSpec command;

  /** A student is named with its weights or not at all. */
  static final class StudentOptions {
    @Option(names = "--student", required = true, description = "Model name of the student.")
    private String model;

    @Option(
        names = "--student-weights",
        required = true,
        paramLabel = "FILE",
        description = "The student's checkpoint (.safetensors, .pth, .pt or .npz).")
    private String weights;
  }

  @Override
  public Integer call() {
    Catalog catalog = Catalog.load();
    RunSpec spec = arguments.read(catalog);
    Optional<Workers> chosen = workers.choose(spec, () -> GridMemory.ofScore(spec, catalog));
    try (GridSession session = GridSession.open(command, spec, chosen)) {
      session.grid().score(choice());
    }
    return 0;
  }

  private StudentChoice choice() {
    if (student == null) {
      return StudentChoice.bicubic();
    }
    return StudentChoice.trained(student.model, student.weights);
  }
}
