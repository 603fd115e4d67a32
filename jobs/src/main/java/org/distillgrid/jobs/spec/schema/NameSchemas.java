package org.distillgrid.jobs.spec.schema;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.binding.Naming;
import org.distillgrid.jobs.spec.binding.ScalarValue;
import org.distillgrid.kd.distill.Method;
import org.distillgrid.kd.model.ModelFamily;
import org.distillgrid.kd.quant.QuantizerFamily;
import org.distillgrid.kd.registry.NameOption;
import org.distillgrid.kd.registry.NameOptions;
import org.distillgrid.kd.registry.Named;
import org.distillgrid.kd.registry.ValueOption;
import org.distillgrid.kd.task.TaskFamily;

/** Makes the schemas of names: every name with its help, and with its options where it has any. */
final class NameSchemas {
  static final String DEFINITIONS = "definitions";

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Catalog catalog;

  NameSchemas(Catalog catalog) {
    this.catalog = catalog;
  }

  /** Returns a schema that stands for the names of a kind. */
  static ObjectNode reference(Naming.Kind kind) {
    return NODES.objectNode().put("$ref", "#/" + DEFINITIONS + "/" + ScalarValue.spelling(kind));
  }

  /** Returns the schemas of all kinds. */
  ObjectNode definitions() {
    ObjectNode definitions = NODES.objectNode();
    for (Naming.Kind kind : Naming.Kind.values()) {
      definitions.set(ScalarValue.spelling(kind), of(kind));
    }
    return definitions;
  }

  private ObjectNode of(Naming.Kind kind) {
    return switch (kind) {
      case SHOWN -> shown();
      case TASK -> Alternatives.of(tasks());
      case MODEL -> Alternatives.of(models());
      case STUDENT ->
          Alternatives.of(
              List.of(word("teacher", "the teacher's network"), reference(Naming.Kind.MODEL)));
      case BITS -> bits();
      case QUANTIZER -> Alternatives.of(quantizers());
      case METHOD -> Alternatives.of(methods());
      case CELL_STUDENT -> Alternatives.of(List.of(reference(Naming.Kind.STUDENT), shown()));
      case CELL_METHOD -> Alternatives.of(List.of(reference(Naming.Kind.METHOD), shown()));
    };
  }

  private static ObjectNode shown() {
    return ScalarSchemas.text(NamePatterns.whole(Naming.SHOWN));
  }

  private static ObjectNode bits() {
    String help = "fp, or 2 to 8 or 32 bits of weights and activations";
    return pattern(NamePatterns.bits(), help, List.of("fp", "w8a8", "w4a4", "w2a2"));
  }

  private List<ObjectNode> tasks() {
    List<ObjectNode> branches = new ArrayList<>();
    List<String> patterns = new ArrayList<>();
    for (TaskFamily family : catalog.tasks().all()) {
      String pattern = NamePatterns.dashed(family.name(), family.options());
      patterns.add(pattern);
      branches.add(word(family));
      if (!family.options().isEmpty()) {
        branches.add(
            pattern(
                pattern,
                dashedHelp(family, family.options()),
                List.of(dashedExample(family, family.options().get(0)))));
      }
    }
    branches.add(
        pattern(
            NamePatterns.sum(patterns),
            "tasks that follow one another",
            List.of("blur-g1.2+denoise-s5")));
    return branches;
  }

  private List<ObjectNode> models() {
    List<ObjectNode> branches = new ArrayList<>();
    for (ModelFamily family : catalog.models().all()) {
      branches.add(word(family));
      if (!family.options().isEmpty()) {
        branches.add(
            pattern(
                NamePatterns.model(family),
                dashedHelp(family, family.options()),
                List.of(catalog.model(family.name()).canonical())));
      }
    }
    return branches;
  }

  private List<ObjectNode> quantizers() {
    List<ObjectNode> branches = new ArrayList<>();
    for (QuantizerFamily family : catalog.quantizers().all()) {
      branches.add(word(family));
      branches.add(
          pattern(
              NamePatterns.quantizer(family),
              valueHelp(family, family.options()),
              examples(family, family.options())));
    }
    return branches;
  }

  private List<ObjectNode> methods() {
    List<ObjectNode> branches = new ArrayList<>();
    List<String> patterns = new ArrayList<>();
    String label = "(\\s+as\\s+" + Naming.SHOWN + "\\s*)?";
    for (Method method : catalog.methods().all()) {
      String pattern = NamePatterns.method(method.name(), method.options());
      patterns.add(pattern);
      branches.add(word(method));
      branches.add(
          pattern(
              pattern + label,
              valueHelp(method, method.options()),
              examples(method, method.options())));
    }
    branches.add(
        pattern(
            NamePatterns.sum(patterns) + label,
            "the sum of several methods; `… as NAME` labels it for tables",
            List.of("spark+mipkd")));
    return branches;
  }

  private static ObjectNode word(Named named) {
    return word(named.name(), named.help());
  }

  private static ObjectNode word(String name, String help) {
    return NODES.objectNode().put("const", name).put("description", help);
  }

  private static ObjectNode pattern(String pattern, String help, List<String> examples) {
    ObjectNode schema = NODES.objectNode();
    schema.put("type", "string");
    schema.put("pattern", NamePatterns.whole(pattern));
    // What editors say instead of the pattern.
    schema.put("patternErrorMessage", "no such name, or not with these options");
    schema.put("description", help);
    if (!examples.isEmpty()) {
      examples.forEach(schema.withArray("examples")::add);
    }
    return schema;
  }

  private static String dashedHelp(Named named, List<? extends NameOption> options) {
    return options.stream()
        .map(
            option ->
                "%s: %s (%s to %s)"
                    .formatted(
                        option.key(),
                        option.help(),
                        NameOptions.written(option.least()),
                        NameOptions.written(option.most())))
        .collect(Collectors.joining("; ", named.help() + "; options ", ""));
  }

  private static String dashedExample(Named named, NameOption option) {
    List<Double> numbers = option.standard();
    if (numbers.isEmpty()) {
      numbers = List.of(option.least());
    }
    return named.name() + "-" + option.key() + NameOptions.written(numbers);
  }

  private static String valueHelp(Named named, List<ValueOption> options) {
    if (options.isEmpty()) {
      return named.help();
    }
    return options.stream()
        .map(
            option ->
                "%s: %s (%s, by default %s)"
                    .formatted(
                        option.key(), option.help(), option.values().help(), option.standard()))
        .collect(Collectors.joining("; ", named.help() + "; options ", ""));
  }

  private static List<String> examples(Named named, List<ValueOption> options) {
    return options.stream()
        .limit(1)
        .map(option -> named.name() + "(" + option.key() + "=" + option.standard() + ")")
        .toList();
  }
}
