package org.distillgrid.jobs.spec.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.distillgrid.kd.error.GridException;
import org.junit.jupiter.api.Test;

class TestYamlText {
  @Test
  void followsAliasesAndMerges() {
    YamlNode root =
        YamlText.parse(
            """
            base: &base {steps: 5, batch: 2}
            same: *base
            list: &list [1, *base]
            merged: {batch: 3, <<: *base, ema: 0}
            both:
              <<: [{steps: 7}, *base]
            """,
            "text");

    YamlNode.Mapping mapping = (YamlNode.Mapping) root;
    assertThat(spelled(mapping.entries().get("same"))).isEqualTo("{steps: 5, batch: 2}");
    assertThat(spelled(mapping.entries().get("list"))).isEqualTo("[1, {steps: 5, batch: 2}]");
    assertThat(spelled(mapping.entries().get("merged"))).isEqualTo("{batch: 3, ema: 0, steps: 5}");
    assertThat(spelled(mapping.entries().get("both"))).isEqualTo("{steps: 7, batch: 2}");
    assertThat(mapping.entries().get("same").line()).isEqualTo(2);
  }

  @Test
  void refusesWhatAnAliasCannotStandFor() {
    assertThat(refusal("a: *b\n")).isEqualTo("line 1: *b has no whole &b before it");
    assertThat(refusal("a: &a [*a]\n")).isEqualTo("line 1: *a has no whole &a before it");
    assertThat(refusal("a: {<<: 4}\n"))
        .isEqualTo("line 1: << stands once, for a mapping or a list of mappings");
  }

  @Test
  void refusesBombs() {
    String bomb =
        IntStream.range(1, 12)
            .mapToObj(i -> "a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9)))
            .collect(Collectors.joining("", "a0: &a0 x\n", ""));
    assertThat(refusal(bomb)).isEqualTo("line 6: aliases stand for more than 10000 values");
    assertThat(refusal("[".repeat(100_000)))
        .isEqualTo("line 1: values are nested more than 64 deep");
    assertThat(refusal("{a: ".repeat(100_000)))
        .isEqualTo("line 1: values are nested more than 64 deep");
    assertThat(refusal("a".repeat(4_000_001))).isEqualTo("is longer than 4000000 characters");
  }

  @Test
  void keepsWhatWasWrittenAndKnowsNull() {
    YamlNode root =
        YamlText.parse("[010, '010', yes, ~, null, Null, !!str null, !!int '7', 1:30]", "text");

    assertThat(spelled(root)).isEqualTo("[010, \"010\", yes, null, null, null, \"null\", 7, 1:30]");
  }

  @Test
  void refusesInOneLine() {
    assertThat(refusal("a: !!python/object:os.system x\n"))
        .isEqualTo("line 1: tag python/object:os.system is not allowed");
    assertThat(refusal("a: !!set {b}\n")).isEqualTo("line 1: tag set is not allowed here");
    assertThat(refusal("? [a]\n: b\n")).isEqualTo("line 1: a key must be text");
    assertThat(refusal("~: b\n")).isEqualTo("line 1: a key must be text");
    assertThat(refusal("a: \u0000")).startsWith("no valid YAML: special characters");
    assertThat(refusal("a:\n\tb: c\n")).startsWith("line 2: no valid YAML: ");
  }

  private static String refusal(String text) {
    String[] message = new String[1];
    assertThatThrownBy(() -> YamlText.parse(text, "text"))
        .isInstanceOfSatisfying(GridException.class, e -> message[0] = e.getMessage());
    assertThat(message[0]).startsWith("Cannot use spec text: ").doesNotContain("\n");
    return message[0].substring("Cannot use spec text: ".length());
  }

  private static String spelled(YamlNode node) {
    if (node instanceof YamlNode.Mapping mapping) {
      return mapping.entries().entrySet().stream()
          .map(entry -> entry.getKey() + ": " + spelled(entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (node instanceof YamlNode.Listing list) {
      return list.elements().stream()
          .map(TestYamlText::spelled)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    if (node instanceof YamlNode.Scalar scalar) {
      return switch (scalar.style()) {
        case PLAIN -> scalar.text();
        case QUOTED -> '"' + scalar.text() + '"';
      };
    }
    return "null";
  }
}
