package org.distillgrid.jobs.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.distillgrid.jobs.plan.CheckedSpecs;
import org.distillgrid.kd.error.GridException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers, names and paths as people type them. */
class TestTypedSpecs {
  private static final String HOME =
      HomeFolder.of(System.getenv(), System.getProperty("user.home")).resolve("~");

  @TempDir Path folder;
  private SpecFolder images;

  @BeforeEach
  void images() {
    images = SpecFolder.in(folder);
  }

  @ParameterizedTest
  @CsvSource({"010, 10", "08, 8", "0o10, 8", "1e1, 10", "1e4, 10000", "0x10, 16", "12., 12"})
  void readsWholeNumbersAsYamlDoes(String typed, int steps) {
    assertThat(images.read(SpecFolder.LEAST, "train.steps=" + typed).train().settings().steps())
        .isEqualTo(steps);
    assertThat(
            images
                .read(SpecFolder.LEAST + "train: {steps: " + typed + "}\n")
                .train()
                .settings()
                .steps())
        .isEqualTo(steps);
    assertThat(images.read(SpecFolder.LEAST, "grid.seed=[" + typed + "]").grid().seed())
        .containsExactly((long) steps);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1_000", "1:30", "yes", "on", "'10'", "0b1", "1,000", ".inf", "1e-1"})
  void refusesWhatIsNoWholeNumber(String typed) {
    assertThat(refusal(SpecFolder.LEAST, "train.steps=" + typed))
        .startsWith("train.steps: expected a whole number, found ");
  }

  @Test
  void readsNumbers() {
    RunSpec spec =
        images.read(SpecFolder.LEAST, "train.ema=.5", "train.decay=1.", "train.learningRate=1e-3");

    assertThat(spec.train().settings().ema()).isEqualTo(0.5);
    assertThat(spec.train().settings().decay()).isEqualTo(1);
    assertThat(spec.train().settings().learningRate()).isEqualTo(1e-3);
  }

  @Test
  void namesMayLookLikeAnything() {
    for (String name : List.of("2024", "010", "1e3", "yes", "true", "1.10", "0x10", "2024-01-02")) {
      RunSpec spec =
          images.read(
              SpecFolder.LEAST.replace("name: tiny", "name: " + name),
              "evaluate.sets[0].name=" + name,
              "output.path=" + name);
      assertThat(spec.name()).isEqualTo(name);
      assertThat(spec.evaluate().sets().get(0).name()).isEqualTo(name);
      assertThat(spec.output().path()).isEqualTo(Path.of(name).toAbsolutePath().toString());
      assertThat(SpecReader.effective(SpecWriter.yaml(spec), "spec.yaml")).isEqualTo(spec);
    }
  }

  @Test
  void refusesNamesThatWouldLeaveTheirFolder() {
    for (String name : List.of("../x", "..", "a/b", "/x", ".x", "a\\b", "-x", "ü")) {
      assertThat(refusal(SpecFolder.LEAST, "name='" + name + "'")).startsWith("name: must start");
      assertThat(refusal(SpecFolder.LEAST, "evaluate.sets[0].name='" + name + "'"))
          .startsWith("evaluate.sets[0].name: must start");
      assertThat(refusal(SpecFolder.LEAST, "teacher.model=edsr", "grid.method=at as " + name))
          .startsWith("grid.method: ");
    }
  }

  @Test
  void refusesEmptyOverrides() {
    for (String argument : List.of("train.steps=", "grid.seed= ", "grid.seed=[ 1, !!null '']")) {
      String key = argument.substring(0, argument.indexOf('='));
      assertThatThrownBy(() -> images.read(SpecFolder.LEAST, argument))
          .isInstanceOf(GridException.class)
          .hasMessage(
              "Cannot read argument: %s has no value (write null for none, '' for an empty text)",
              key);
    }
    assertThat(images.read(SpecFolder.LEAST, "teacher=null").teacher()).isEmpty();
  }

  @Test
  void readsAJudgementBackAsItWasWritten() {
    RunSpec spec =
        images.read(
            SpecFolder.LEAST,
            "evaluate.sets[0].space=y",
            "evaluate.sets[0].crop=4",
            "evaluate.lpips={features: a.pth, linear: /lin.pth}");
    String yaml = SpecWriter.yaml(spec);

    assertThat(SpecReader.effective(yaml, "written")).isEqualTo(spec);
    assertThat(spec.evaluate().lpips().orElseThrow().files().features())
        .isEqualTo(Path.of("a.pth").toAbsolutePath().toString());
    assertThat(refusal(SpecFolder.LEAST, "evaluate.sets[0].space=lab"))
        .isEqualTo("evaluate.sets[0].space: expected y or rgb or grey, found \"lab\"");
    assertThat(refusal(SpecFolder.LEAST, "evaluate.sets[0].crop=-1"))
        .isEqualTo("evaluate.sets[0].crop: must be between 0 and 10000, found -1");
  }

  @Test
  void setsPlacesInLists() {
    images.file("other/c.png");
    String other = folder.resolve("other").toString();
    RunSpec spec =
        images.read(
            SpecFolder.LEAST,
            "evaluate.sets[0].path=" + other,
            "evaluate.sets[1]={name: more, path: " + other + "}",
            "data.train[1]=" + other,
            "grid.bits=w8a8",
            "grid.bits[1]=w4a4",
            "grid.bits[0]=fp");

    assertThat(spec.evaluate().sets())
        .extracting(EvaluationSet::name, set -> set.images().path().orElseThrow())
        .containsExactly(tuple("five", other), tuple("more", other));
    assertThat(spec.grid().bits()).containsExactly("fp", "w4a4");
    assertThat(spec.data().train())
        .containsExactly(ImageSource.at(folder.resolve("train").toString()), ImageSource.at(other));
    assertThat(refusal(SpecFolder.LEAST, "evaluate.sets[2].path=x"))
        .isEqualTo(
            "evaluate.sets[2].path: cannot be set: the next element of evaluate.sets is"
                + " evaluate.sets[1]");
    assertThat(refusal(SpecFolder.LEAST, "evaluate.sets.path=x"))
        .isEqualTo(
            "evaluate.sets.path: cannot be set: evaluate.sets is a list (write"
                + " evaluate.sets[0].path for its first element)");
    assertThat(refusal(SpecFolder.LEAST, "train.steps.x=1"))
        .isEqualTo("train.steps: expected a whole number, found a mapping of keys");
  }

  @Test
  void refusesPlacesThatAreNone() {
    for (String key : List.of("sets[x].path", "sets[-1]", "a..b", ".a", "a.", "[0]", "a[0]b")) {
      assertThatThrownBy(() -> images.read(SpecFolder.LEAST, key + "=1"))
          .isInstanceOf(GridException.class)
          .hasMessage(
              "Cannot read argument: \"%s\" is no key (write key.path=value or key[0].path=value)",
              key);
    }
  }

  @Test
  void aTildeIsTheHomeFolder() {
    assertThat(images.read(SpecFolder.LEAST, "output.path=~/o").output().path())
        .isEqualTo(HOME + "/o");
    assertThat(images.read(SpecFolder.LEAST, "output.path=~").output().path()).isEqualTo(HOME);
    assertThat(images.read(SpecFolder.LEAST + "output: {path: ~/o}\n").output().path())
        .isEqualTo(HOME + "/o");
    assertThat(images.read(SpecFolder.LEAST + "output: {path: ~}\n").output().path())
        .isEqualTo(HOME);
    for (String key : List.of("data.train", "data.validate[0]", "evaluate.sets[0].path")) {
      assertThat(refusal(SpecFolder.LEAST, key + "=~/no-such-folder"))
          .endsWith("there is no " + HOME + "/no-such-folder");
    }
    assertThat(refusal(SpecFolder.LEAST, "encoder.weights=~/no.pth"))
        .isEqualTo("encoder.weights: there is no file " + HOME + "/no.pth");
    assertThat(refusal(SpecFolder.LEAST, "teacher={model: edsr, weights: ~/no.pth#ema}"))
        .isEqualTo("teacher.weights: there is no file " + HOME + "/no.pth#ema");
    assertThat(images.read(SpecFolder.LEAST, "encoder.weights=~").encoder().weights()).isEmpty();
    assertThat(refusal(SpecFolder.LEAST.replace("[train]", "[~root/x]")))
        .isEqualTo(
            "line 3: data.train[0]: cannot be the path ~root/x: the home folder of another user is"
                + " not looked up; write it in full, or ./~root/x");
    assertThat(HomeFolder.of(Map.of("HOME", "/h"), "/other").resolve("~/x")).isEqualTo("/h/x");
    assertThat(HomeFolder.of(Map.of("HOME", ""), "/other").resolve("~")).isEqualTo("/other");
  }

  @Test
  void anchorsAndMergesWork() {
    RunSpec spec =
        images.read(
            SpecFolder.LEAST
                + """
                teacher: {model: edsr, train: &base {steps: 7, batch: 3}}
                train:
                  <<: *base
                  steps: 9
                  pretrain: *base
                """,
            "train.pretrain.batch=4");

    assertThat(spec.teacher().orElseThrow().train().settings().batch()).isEqualTo(3);
    assertThat(spec.train().settings().steps()).isEqualTo(9);
    assertThat(spec.train().settings().batch()).isEqualTo(3);
    assertThat(spec.train().pretrain().settings().steps()).isEqualTo(7);
    assertThat(spec.train().pretrain().settings().batch()).isEqualTo(4);
    assertThat(refusal(SpecFolder.LEAST + "train: {pretrain: &p {step: 4}, <<: *p}\n"))
        .contains("line 8: train.pretrain.step: unknown key (did you mean steps?)")
        .contains("line 8: train.step: unknown key (did you mean steps?)");
  }

  @Test
  void readsTextInEveryEncodingOfYaml() throws Exception {
    for (String encoding : List.of("UTF-16", "UTF-8")) {
      Path file = folder.resolve("coded.yaml");
      Files.write(file, ("\ufeff" + SpecFolder.LEAST).getBytes(encoding));
      assertThat(CheckedSpecs.reader(Catalog.load()).read(file.toString(), List.of()).name())
          .isEqualTo("tiny");
    }
    Path latin = folder.resolve("latin.yaml");
    Files.write(latin, "name: \u00fc\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> CheckedSpecs.reader(Catalog.load()).read(latin.toString(), List.of()))
        .hasMessage("Cannot read spec " + latin + ": it is no text in UTF-8");
  }

  @Test
  void suggestsWhatWasMeant() {
    assertThat(refusal(SpecFolder.LEAST, "grid.bits=W4A4"))
        .isEqualTo("grid.bits: Unknown bit-widths: W4A4 (did you mean w4a4?)");
    assertThat(refusal(SpecFolder.LEAST, "grid.bits=FP"))
        .isEqualTo("grid.bits: Unknown bit-widths: FP (did you mean fp?)");
    assertThat(refusal(SpecFolder.LEAST, "grid.student=edsr_c8_b2"))
        .isEqualTo("grid.student: Unknown model: edsr_c8_b2 (did you mean edsr-c8-b2?)");
    assertThat(refusal(SpecFolder.LEAST, "grid.student=EDSR-C8-B2"))
        .isEqualTo("grid.student: Unknown model: EDSR-C8-B2 (did you mean edsr-c8-b2?)");
    assertThat(refusal(SpecFolder.LEAST, "grid.student=edsr-c8_b2"))
        .endsWith("; did you mean edsr-c8-b2?");
    assertThat(refusal(SpecFolder.LEAST, "grid.quantizer=LSQ", "grid.bits=w4a4"))
        .isEqualTo("grid.quantizer: Unknown quantizer: LSQ (did you mean lsq?)");
    assertThat(refusal(SpecFolder.LEAST, "task.name=SR"))
        .startsWith("task.name: Unknown task: SR (did you mean sr?)");
    assertThat(refusal(SpecFolder.LEAST, "train.learning_rate=1"))
        .isEqualTo("train.learning_rate: unknown key (did you mean learningRate?)");
    assertThat(refusal(SpecFolder.LEAST, "train.VALIDATE-EVERY=1"))
        .isEqualTo("train.VALIDATE-EVERY: unknown key (did you mean validateEvery?)");
  }

  private String refusal(String yaml, String... overrides) {
    String location = images.spec(yaml);
    try {
      CheckedSpecs.reader(Catalog.load()).read(location, List.of(overrides));
    } catch (GridException e) {
      return e.getMessage().substring(("Cannot use spec " + location + ": ").length());
    }
    throw new AssertionError("The spec was taken");
  }

  @Test
  void aSharedTrainingHasThreadsOfItsOwn() {
    RunSpec standard = images.read(SpecFolder.LEAST, "teacher.model=edsr", "cluster.threads=3");
    RunSpec own =
        images.read(
            SpecFolder.LEAST,
            "teacher.model=edsr",
            "teacher.train.threads=2",
            "train.pretrain.threads=4",
            "encoder.train.threads=5");

    assertThat(standard.cluster().threadsOr(standard.train().pretrain().threads())).isEqualTo(3);
    assertThat(own.teacher().orElseThrow().train().threads()).contains(2);
    assertThat(own.train().pretrain().threads()).contains(4);
    assertThat(own.encoder().train().threads()).contains(5);
    assertThat(own.encoder().train().settings().steps()).isEqualTo(2000);
    assertThatThrownBy(() -> images.read(SpecFolder.LEAST, "train.pretrain.threads=0"))
        .hasMessageContaining("train.pretrain.threads: must be between 1 and 1024, found 0");
    assertThatThrownBy(() -> images.read(SpecFolder.LEAST, "train.threads=2"))
        .hasMessageContaining("train.threads: unknown key");
  }
}
