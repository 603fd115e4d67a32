package org.distillgrid.jobs.cli.authoring;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.distillgrid.jobs.draft.Draft;
import org.distillgrid.jobs.folder.ShellWord;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.ImageSource;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a first spec for images that somebody has. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a commented spec for a folder of images, or for pairs of inputs and targets.",
      "It looks at the images' headers and chooses channels, patch and stride, a test set that is"
          + " held out, and a teacher and a student that suit so many patches; it says what and why.",
      "Without OUT.yaml the file is called as the folder is, in the current folder."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  distill-grid init photographs",
      "  distill-grid init photographs denoise.yaml --task denoise-s25",
      "  distill-grid init --pairs rainy clean rain.yaml"
    })
public final class InitCommand implements Callable<Integer> {
  private static final String PAIRS = "pairs";

  @Parameters(
      paramLabel = "FOLDER [OUT.yaml]",
      arity = "0..2",
      description =
          "Images of the ground truth (a folder, file or glob, on this machine or at a Hadoop URI),"
              + " and the file to write; with --pairs only the file.")
  private List<String> paths = new ArrayList<>();

  @Option(
      names = "--pairs",
      arity = "2",
      paramLabel = "PATH",
      description = "Inputs, and targets of the same names, for the task pairs.")
  private List<String> pairs = new ArrayList<>();

  @Option(
      names = "--task",
      paramLabel = "TASK",
      description = "A name of `distill-grid list tasks`; by default sr.")
  private String task;

  @Option(
      names = "--scale",
      paramLabel = "S",
      description = "Target size over input size; by default 2 for a task that enlarges.")
  private Integer scale;

  @Option(names = "--force", description = "Replace OUT.yaml if it is there.")
  private boolean force;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    ImageSource images = images();
    String name = name(images);
    Path file = Path.of(outputs().stream().findFirst().orElse(name + ".yaml"));
    if (Files.isDirectory(file)) {
      throw GridException.of(ErrorCode.OUTPUT, "Cannot write %s: it is a folder", file);
    }
    if (Files.exists(file) && !force) {
      throw GridException.of(
          ErrorCode.OUTPUT, "Cannot write %s: it is there already (--force replaces it)", file);
    }
    Draft draft =
        Draft.of(new Draft.Request(name, images, task(), wantedScale(), file), Catalog.load());
    write(file, draft.yaml());
    PrintWriter out = command.commandLine().getOut();
    for (Draft.Reason reason : draft.reasons()) {
      out.printf("%-10s %s%n", reason.about(), reason.text());
    }
    out.printf("%-10s %s%n", "written", file);
    out.printf(
        "%-10s distill-grid plan %2$s; distill-grid run %2$s%n",
        "next", ShellWord.of(file.toString()));
    out.flush();
    return 0;
  }

  private ImageSource images() {
    int most = 2;
    if (!pairs.isEmpty()) {
      most = 1;
    } else if (paths.isEmpty()) {
      throw misuse("Missing required parameter: 'FOLDER' (or --pairs INPUT TARGET)");
    }
    if (paths.size() > most) {
      throw misuse("Unmatched argument: '" + paths.get(most) + "'");
    }
    if (pairs.isEmpty()) {
      return ImageSource.at(paths.get(0));
    }
    if (task != null && !task.equals(PAIRS)) {
      throw misuse("--pairs are for the task pairs, not for " + task);
    }
    return ImageSource.ofPairs(pairs.get(0), pairs.get(1));
  }

  private List<String> outputs() {
    if (pairs.isEmpty()) {
      return paths.subList(1, paths.size());
    }
    return paths;
  }

  private String task() {
    if (!pairs.isEmpty()) {
      return PAIRS;
    }
    if (task == null) {
      return "sr";
    }
    return task;
  }

  private OptionalInt wantedScale() {
    if (scale == null) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(scale);
  }

  // A name must not lead out of the folder that results go to.
  private static String name(ImageSource images) {
    String path = images.target().or(images::path).orElseThrow().replaceAll("/+$", "");
    String last = path.substring(path.lastIndexOf('/') + 1);
    String name = last.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[^A-Za-z0-9]+", "");
    if (name.isEmpty()) {
      return "mine";
    }
    return name;
  }

  private static void write(Path file, String yaml) {
    try {
      Files.writeString(file, yaml);
    } catch (NoSuchFileException e) {
      throw GridException.of(e, ErrorCode.OUTPUT, "Cannot write %s: its folder is not there", file);
    } catch (IOException e) {
      throw GridException.of(
          e, ErrorCode.OUTPUT, "Cannot write %s: %s", file, e.getClass().getSimpleName());
    }
  }

  private ParameterException misuse(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
