package org.distillgrid.jobs.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.distillgrid.jobs.cli.arguments.ChannelArguments;
import org.distillgrid.jobs.report.TextTable;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.eval.ModelDescription;
import org.distillgrid.kd.model.LayerCost;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.reach.ReceptiveField;
import org.distillgrid.kd.quant.Bits;
import org.distillgrid.kd.quant.QuantizerSetting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what a model is made of. */
@Command(
    name = "describe",
    mixinStandardHelpOptions = true,
    description = {
      "Shows a model layer by layer: shapes, parameters and multiplications with an addition"
          + " (MACs); then how much of its input one output pixel depends on.",
      "With --bits also the length of its packed file and its bit operations (BOPs): MACs times the"
          + " bits of both operands, 32 for full precision."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  distill-grid describe --model edsr-c64-b16 --scale 2",
      "  distill-grid describe --model edsr-c16-b4 --scale 4 --bits w4a4",
      "  distill-grid describe --model swinir-c60-d6x6x6x6 --scale 2 --bits w4a8 --quantizer"
          + " minmax-attention-head-tail"
    })
public final class DescribeCommand implements Callable<Integer> {
  private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,4})x([1-9][0-9]{0,4})");

  @Option(
      names = "--model",
      required = true,
      paramLabel = "NAME",
      description = "The model, as edsr-c64-b16.")
  private String model;

  @Option(
      names = "--scale",
      required = true,
      paramLabel = "N",
      description = "Output size over input size.")
  private int scale;

  @Option(
      names = "--bits",
      paramLabel = "BITS",
      defaultValue = "fp",
      description = "fp, or the bits of weights and activations as in w4a4 (default: fp).")
  private String bits;

  @Option(
      names = "--quantizer",
      paramLabel = "NAME",
      defaultValue = "lsq",
      description =
          "The quantiser, with its choices, as lsq-head-tail (default: ${DEFAULT-VALUE}).")
  private String quantizer;

  @Mixin private ChannelArguments channels;

  @Option(
      names = "--size",
      paramLabel = "WxH",
      defaultValue = "1280x720",
      description = "The restored image's size (default: ${DEFAULT-VALUE}).")
  private String size;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    Bits widths = Bits.parse(bits);
    QuantizerSetting setting = Catalog.load().quantizer(quantizer);
    Matcher sizes = SIZE.matcher(size);
    if (!sizes.matches()) {
      throw GridException.of(
          ErrorCode.USAGE, "Cannot describe: --size is written as in 1280x720, not %s", size);
    }
    ModelDescription description =
        ModelDescription.of(
            model,
            new ModelTarget(channels.orElse(3), scale),
            setting,
            widths,
            Integer.parseInt(sizes.group(2)),
            Integer.parseInt(sizes.group(1)));
    print(description, widths);
    return 0;
  }

  private void print(ModelDescription description, Bits widths) {
    PrintWriter out = command.commandLine().getOut();
    out.printf(
        "%s ×%d, input %d×%d%n%n",
        description.name(), scale, description.inputWidth(), description.inputHeight());
    layers(description).lines().forEach(out::println);
    out.println();
    total(out, "parameters", grouped(description.parameters()));
    total(out, "MACs", giga(description.macs()));
    total(out, "bit operations", giga(description.bitOperations()));
    total(out, "size at " + widths, grouped(description.packedBytes()) + " bytes");
    total(out, "receptive field", field(description.field()));
    out.flush();
  }

  private static TextTable layers(ModelDescription description) {
    TextTable table =
        new TextTable(4, "layer", "role", "kernel", "output", "parameters", "MACs", "BOPs", "bits");
    for (ModelDescription.Layer layer : description.layers()) {
      LayerCost cost = layer.cost();
      table.add(
          cost.name(),
          cost.role().name().toLowerCase(Locale.ROOT),
          cost.kernel(),
          shape(cost),
          grouped(cost.parameters()),
          giga(cost.macs()),
          giga(layer.bitOperations()),
          layer.operands());
    }
    return table;
  }

  private static String field(ReceptiveField field) {
    if (field.rows().equals(field.columns()) && field.radius().isEmpty()) {
      return field.rows().toString();
    }
    return field.rows() + " rows, " + field.columns() + " columns of the input";
  }

  private static void total(PrintWriter out, String name, String value) {
    out.printf("%-16s %s%n", name, value);
  }

  // The first axis is the batch, which is one image.
  private static String shape(LayerCost cost) {
    return LongStream.of(cost.output().getShape())
        .skip(1)
        .mapToObj(Long::toString)
        .collect(Collectors.joining("×"));
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String giga(long number) {
    return String.format(Locale.ROOT, "%.3f G", (double) number / 1e9);
  }
}
