package org.distillgrid.jobs.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.distillgrid.kd.model.FittingModels;
import org.distillgrid.kd.model.ModelGuess;
import org.distillgrid.kd.model.TensorShapes;
import org.distillgrid.kd.weights.CheckpointListing;
import org.distillgrid.kd.weights.file.Checkpoints;
import org.distillgrid.kd.weights.file.WeightPath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a weight file holds. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the tensors of a weight file with their shapes, stored types and bytes, and tells"
          + " which models they fit.",
      "Of a training checkpoint that holds several networks, one that a model fits comes first,"
          + " its averaged weights before the last ones. Nothing in a file is ever run."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  distill-grid inspect rlfn_x2.pth",
      "  distill-grid inspect runs/quickstart/teacher/weights.safetensors"
    })
public final class InspectCommand implements Callable<Integer> {
  private static final int NARROWEST = 6;

  @Parameters(
      paramLabel = "FILE",
      description =
          "The weight file: .safetensors, .pth, .pt or .npz; FILE#ema shows the network ema of"
              + " several in it.")
  private String file;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    WeightPath where = WeightPath.of(file);
    CheckpointListing listing = Checkpoints.list(where, FittingModels::anyOf);
    PrintWriter out = command.commandLine().getOut();
    line(out, "format", listing.format());
    listing.notes().forEach(note -> line(out, "note", note));
    listing.metadata().forEach((key, value) -> line(out, "metadata", printable(key, value)));
    out.println();
    print(out, listing.tensors());
    out.println();
    line(
        out,
        "total",
        String.format(
            Locale.ROOT,
            "%,d tensors, %,d numbers, %,d bytes",
            listing.tensors().size(),
            listing.elements(),
            listing.bytes()));
    List<ModelGuess> fitting = fitting(listing, where);
    fitting.forEach(guess -> line(out, "fits", described(guess)));
    if (fitting.isEmpty()) {
      line(out, "fits", "none of the models that distill-grid list students shows");
    }
    out.flush();
    return 0;
  }

  private List<ModelGuess> fitting(CheckpointListing listing, WeightPath where) {
    Map<String, long[]> shapes = new TreeMap<>();
    listing.tensors().forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    return FittingModels.of(
        TensorShapes.of(shapes),
        () -> Checkpoints.take(where, FittingModels::anyOf).checkpoint().tensors());
  }

  private static void print(PrintWriter out, Map<String, CheckpointListing.Tensor> tensors) {
    int width = tensors.keySet().stream().mapToInt(String::length).max().orElse(0);
    String row = "%-" + Math.max(width, NARROWEST) + "s  %-20s %-9s %14s%n";
    out.printf(row, "tensor", "shape", "type", "bytes");
    tensors.forEach(
        (name, tensor) ->
            out.printf(
                row,
                name.replaceAll("\\p{Cntrl}", "?"),
                shape(tensor.shape()),
                tensor.type(),
                String.format(Locale.ROOT, "%,d", tensor.bytes())));
  }

  private static String shape(long[] sizes) {
    if (sizes.length == 0) {
      return "scalar";
    }
    return Arrays.stream(sizes).mapToObj(Long::toString).collect(Collectors.joining("×"));
  }

  private static String described(ModelGuess guess) {
    String described =
        String.format(
            "%s ×%d, %d image channels",
            guess.model(), guess.target().scale(), guess.target().imageChannels());
    if (guess.unseen().isEmpty()) {
      return described;
    }
    return described
        + "; shapes do not show "
        + String.join(", ", guess.unseen())
        + ": set as in its training";
  }

  private static String printable(String key, String value) {
    return (key + " = " + value).replaceAll("\\p{Cntrl}", "?");
  }

  private static void line(PrintWriter out, String name, String value) {
    out.printf("%-9s %s%n", name, value);
  }
}
