package org.distillgrid.jobs.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.distillgrid.jobs.plan.SpecDifference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestPairSpecs {
  private static final String PAIRS =
      """
      name: pairs
      task: {name: pairs}
      data:
        train:
          - {input: in, target: out}
          - {input: 'in/*.png', target: out, pattern: '{}_gt:{}_lq'}
      grid:
        student: [edsr-c16-b4]
      evaluate:
        sets:
          - {name: five, input: in, target: out}
      """;

  @TempDir Path folder;
  private SpecFolder images;

  @BeforeEach
  void images() {
    images = SpecFolder.in(folder).file("in/a.png").file("out/a.png");
  }

  @Test
  void namesInputsAndTargets() {
    RunSpec spec =
        images.read(PAIRS, "data.validate={input: " + folder + "/in, target: " + folder + "/out}");

    String here = Path.of("").toAbsolutePath().toString();
    assertThat(spec.task()).isEqualTo(new TaskSpec("pairs", 1));
    assertThat(spec.data().train())
        .containsExactly(
            ImageSource.ofPairs(folder + "/in", folder + "/out"),
            new ImageSource(
                Optional.empty(),
                Optional.of(folder + "/in/*.png"),
                Optional.of(folder + "/out"),
                Optional.of("{}_gt:{}_lq")));
    assertThat(spec.evaluate().sets())
        .containsExactly(
            new EvaluationSet("five", ImageSource.ofPairs(folder + "/in", folder + "/out")));
    assertThatThrownBy(() -> images.read(PAIRS, "data.validate={input: no, target: out}"))
        .hasMessageContaining("data.validate[0].input: there is no " + here + "/no")
        .hasMessageContaining("data.validate[0].target: there is no " + here + "/out");
  }

  @Test
  void readsBackWhatItWrites() {
    RunSpec spec = images.read(PAIRS, "task.scale=2");
    String yaml = SpecWriter.yaml(spec);

    assertThat(yaml.replace(folder.toString(), "/f"))
        .contains(
            """
              train:
              - input: /f/in
                target: /f/out
            """,
            """
              sets:
              - name: five
                input: /f/in
                target: /f/out
            """)
        .doesNotContain("path: null", "pattern: null");
    assertThat(SpecReader.effective(yaml, "spec.yaml")).isEqualTo(spec);
  }

  @Test
  void aSpecOfGroundTruthsIsWrittenAsEver() {
    String list = SpecFolder.LEAST.replace("[train]", "[{path: train}]");
    assertThat(images.read(list)).isEqualTo(images.read(SpecFolder.LEAST));
    assertThat(SpecWriter.yaml(images.read(list)))
        .contains("  train:\n  - " + folder + "/train\n  validate: []\n");
  }

  @Test
  void otherSpellingsOfItsPathsAreNoDifference() {
    RunSpec spec = images.read(PAIRS);
    RunSpec same = images.read(PAIRS.replace("input: in,", "input: in/../in/,"));
    RunSpec other = images.read(PAIRS.replace("target: out}\n    -", "target: in}\n    -"));

    assertThat(SpecDifference.between(spec, same, Catalog.load())).isEmpty();
    assertThat(SpecDifference.between(spec, other, Catalog.load()))
        .singleElement()
        .asString()
        .startsWith("data.train: [{input: %1$s/in, target: %1$s/out}, ".formatted(folder))
        .contains(" → [{input: %1$s/in, target: %1$s/in}, ".formatted(folder));
  }

  @Test
  void pairsGoWithTheTaskThatReadsThem() {
    assertThat(problem("data.train=" + folder + "/out"))
        .isEqualTo(
            "data.train[0]: must be a pair {input: …, target: …}, as task pairs reads its inputs,"
                + " found "
                + folder
                + "/out");
    assertThat(problem("evaluate.sets[0]={name: five, path: " + folder + "/out}"))
        .startsWith("evaluate.sets[0]: must be a pair {input: …, target: …}");
    assertThat(problem("task={name: sr}"))
        .contains(
            "data.train[0]: is a pair, but task sr makes its inputs itself (set task.name: pairs)",
            "data.train[1]: is a pair, but task sr",
            "evaluate.sets[0]: is a pair, but task sr");
    assertThat(problem("task.scale=8"))
        .contains("task.scale: pairs has no scale 8 (valid: 1, 2, 3, 4)");
  }

  @Test
  void aPairHasBothSides() {
    String in = folder + "/in";
    assertThat(problem("data.train={input: " + in + "}"))
        .isEqualTo("data.train[0].target: is required beside input");
    assertThat(problem("data.train={target: " + in + "}"))
        .isEqualTo("data.train[0].input: is required beside target");
    assertThat(problem("data.train={}"))
        .isEqualTo("data.train[0]: names no images (path, or input and target for task pairs)");
    assertThat(problem("data.train={path: %1$s, input: %1$s, target: %1$s}".formatted(in)))
        .isEqualTo(
            "data.train[0]: has a path, and keys of pairs beside it (input, target, pattern)");
    assertThat(problem("data.train[1].pattern=gt"))
        .isEqualTo(
            "data.train[1].pattern: Cannot read pattern gt: want {} once for the name, as in {}_x2"
                + " or {}_gt:{}_lq");
    assertThat(problem("data.train=[[a]]"))
        .isEqualTo("data.train[0]: expected text or a mapping of keys, found a list");
  }

  private String problem(String override) {
    try {
      images.read(PAIRS, override);
    } catch (RuntimeException e) {
      return List.of(e.getMessage().split("spec.yaml: ", 2)).get(1).replaceAll("line \\d+: ", "");
    }
    throw new AssertionError("No problem with " + override);
  }
}
