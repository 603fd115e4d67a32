package org.distillgrid.jobs.cli.authoring;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.schema.SpecSchema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the schema by which editors check and complete specs. */
@Command(
    name = "spec-schema",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the JSON Schema of specs: every key with its type, range, default and help, and the"
          + " names that keys take, with their options.",
      "An editor that knows yaml-language-server checks and completes a spec by it when the spec's"
          + " first line is  # yaml-language-server: $schema=FILE  with FILE relative to the spec."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  distill-grid spec-schema > spec.schema.json",
      "  bin/distill-grid --jars mine.jar spec-schema > spec.schema.json"
    })
public final class SpecSchemaCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    out.print(SpecSchema.text(Catalog.load()));
    out.flush();
    return 0;
  }
}
