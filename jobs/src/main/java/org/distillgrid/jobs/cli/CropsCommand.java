package org.distillgrid.jobs.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.distillgrid.jobs.cli.arguments.ImageArguments;
import org.distillgrid.jobs.cli.arguments.MemoryArguments;
import org.distillgrid.jobs.report.TrialCrops;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.eval.CropSheet;
import org.distillgrid.kd.eval.NamedImage;
import org.distillgrid.kd.image.ImageWriter;
import org.distillgrid.kd.image.PlanarImage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code crops}: the same crop of one image as several trials of a run restore it. */
@Command(
    name = "crops",
    mixinStandardHelpOptions = true,
    description =
        "Draws one picture: a crop of the degraded image, of what the trials of a run make of it,"
            + " and of the ground truth. PSNR in the captions is that of the whole image.",
    footerHeading = "%nExample:%n",
    footer =
        "  distill-grid crops runs/quickstart data/sample/test/astronaut.png crops.png"
            + " --at 40,180 --bits fp,w4a4,w2a2")
public final class CropsCommand implements Callable<Integer> {
  @Mixin private RunArguments run;

  @Parameters(index = "1", paramLabel = "IMAGE", description = "A ground-truth image.")
  private Path image;

  @Parameters(index = "2", paramLabel = "OUT", description = "The PNG to write.")
  private Path out;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description = "What networks are shown of it, where the run's task is pairs.")
  private Path input;

  @Option(
      names = "--at",
      required = true,
      split = ",",
      arity = "1",
      paramLabel = "ROW,COLUMN",
      description = "Top left corner of the crop.")
  private List<Integer> corner;

  @Option(
      names = "--side",
      defaultValue = "64",
      description = "Side of the crop in pixels (default: ${DEFAULT-VALUE}).")
  private int side;

  @Option(
      names = "--zoom",
      defaultValue = "3",
      description = "Enlargement, 1 to 16 (default: ${DEFAULT-VALUE}).")
  private int zoom;

  @Option(
      names = "--bits",
      required = true,
      split = ",",
      description = "Bit-widths to show, for instance fp,w4a4,w2a2.")
  private List<String> bits;

  @Option(names = "--student", description = "The student or its label, where the run has several.")
  private String student;

  @Option(names = "--quantizer", description = "The quantiser, where the run has several.")
  private String quantizer;

  @Option(
      names = "--method",
      defaultValue = "none",
      description = "The distillation method or its label (default: ${DEFAULT-VALUE}).")
  private String method;

  @Option(names = "--seed", description = "The seed; by default the least that the run has.")
  private Long seed;

  @Mixin private ImageArguments reading;

  @Mixin private MemoryArguments memory;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (corner.size() != 2 || side < 1 || zoom < 1 || zoom > 16) {
      throw GridException.of(
          ErrorCode.USAGE, "Cannot crop: --at takes ROW,COLUMN, --side at least 1, --zoom 1 to 16");
    }
    PlanarImage read = reading.reader().read(image);
    NamedImage truth = new NamedImage("crops", image.getFileName().toString(), () -> read);
    if (input != null) {
      PlanarImage shown = reading.reader().read(input);
      truth = truth.withInput(() -> shown);
    }
    try (OpenRun opened = run.open()) {
      TrialCrops.Choice choice = new TrialCrops.Choice(student, quantizer, method, seed);
      List<CropSheet.Panel> panels =
          new TrialCrops(opened.tables(), opened.folder(), choice, memory.bound())
              .panels(truth, bits);
      CropSheet sheet = new CropSheet(corner.get(0), corner.get(1), side, zoom);
      ImageWriter.write(sheet.draw(panels), out);
      panels.forEach(panel -> spec.commandLine().getOut().println(panel.caption()));
      spec.commandLine().getOut().flush();
    }
    return 0;
  }
}
