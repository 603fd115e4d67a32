package org.distillgrid.jobs.cli;

import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.kd.distill.Method;
import org.distillgrid.kd.model.ModelFamily;
import org.distillgrid.kd.quant.QuantizerFamily;
import org.distillgrid.kd.quant.QuantizerFlag;
import org.distillgrid.kd.registry.NameOption;
import org.distillgrid.kd.registry.NameOptions;
import org.distillgrid.kd.registry.Named;
import org.distillgrid.kd.registry.ValueOption;
import org.distillgrid.kd.task.TaskFamily;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists what a spec can name. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists what a spec can name, each with a line of help.",
    footerHeading = "%nExamples:%n",
    footer = {"  distill-grid list students", "  distill-grid list methods"})
public final class ListCommand implements Callable<Integer> {
  /** The kinds of names. */
  enum Kind {
    METHODS,
    STUDENTS,
    QUANTIZERS,
    TASKS;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Parameters(paramLabel = "KIND", description = "One of: ${COMPLETION-CANDIDATES}.")
  private Kind kind;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Catalog catalog = Catalog.load();
    switch (kind) {
      case METHODS -> methods(catalog.methods().all(), out);
      case STUDENTS -> students(catalog.models().all(), out);
      case QUANTIZERS -> quantizers(catalog.quantizers().all(), out);
      case TASKS -> tasks(catalog.tasks().all(), out);
    }
    out.flush();
    return 0;
  }

  private static void methods(Collection<Method> all, PrintWriter out) {
    for (Method method : all) {
      line(method, out);
      values(method.options(), out);
    }
    out.printf("%nOptions follow a name, and methods add up: spark(grid=4)+mipkd%n");
  }

  private static void quantizers(Collection<QuantizerFamily> all, PrintWriter out) {
    for (QuantizerFamily family : all) {
      line(family, out);
      values(family.options(), out);
    }
    out.printf("%nOptions follow a name, and choices follow both: pams(rate=0.02)-pertensor%n");
    out.printf("%nChoices that a name can carry, as in minmax-pertensor-symmetric:%n");
    for (QuantizerFlag flag : QuantizerFlag.values()) {
      out.printf("    %-10s %s%n", flag.text(), flag.help());
    }
  }

  private static void students(Collection<ModelFamily> all, PrintWriter out) {
    for (ModelFamily family : all) {
      line(family, out);
      options(family.options(), out);
      out.printf("    %-10s %s%n", "scales", numbers(family.scales()));
    }
  }

  private static void tasks(Collection<TaskFamily> all, PrintWriter out) {
    for (TaskFamily family : all) {
      line(family, out);
      options(family.options(), out);
      out.printf("    %-10s %s%n", "scales", numbers(family.scales()));
    }
  }

  private static void values(List<ValueOption> options, PrintWriter out) {
    for (ValueOption option : options) {
      out.printf(
          "    %-10s %s (default %s, %s)%n",
          option.key(), option.help(), option.standard(), option.values().help());
    }
  }

  private static void options(List<? extends NameOption> options, PrintWriter out) {
    for (NameOption option : options) {
      out.printf(
          "    %-10s %s (%s, %s to %s)%n",
          option.key(),
          option.help(),
          standard(option),
          NameOptions.written(option.least()),
          NameOptions.written(option.most()));
    }
  }

  private static String standard(NameOption option) {
    if (option.standard().isEmpty()) {
      return "none by default";
    }
    return "default " + NameOptions.written(option.standard());
  }

  private static void line(Named named, PrintWriter out) {
    out.printf("%-14s %s%n", named.name(), named.help());
  }

  private static String numbers(Collection<Integer> numbers) {
    return numbers.stream().sorted().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
