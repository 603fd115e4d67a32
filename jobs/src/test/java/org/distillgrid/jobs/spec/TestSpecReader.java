package org.distillgrid.jobs.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.distillgrid.jobs.plan.CheckedSpecs;
import org.distillgrid.jobs.plan.ContentKeys;
import org.distillgrid.jobs.plan.GridExpansion;
import org.distillgrid.jobs.plan.Trial;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestSpecReader {
  @TempDir Path folder;
  private SpecFolder images;

  @BeforeEach
  void images() {
    images = SpecFolder.in(folder);
  }

  @Test
  void resolvesInputsFromTheSpecAndOutputFromTheCurrentFolder() {
    RunSpec spec = images.read(SpecFolder.LEAST);

    assertThat(spec.data().train())
        .containsExactly(ImageSource.at(folder.resolve("train").toString()));
    assertThat(spec.evaluate().sets())
        .extracting(EvaluationSet::name, set -> set.images().path().orElseThrow())
        .containsExactly(tuple("five", folder.resolve("test").toString()));
    assertThat(spec.output().path()).isEqualTo(Path.of("runs/tiny").toAbsolutePath().toString());
  }

  @Test
  void resolvesPathsOfTheCommandLineFromTheCurrentFolder() {
    assertThatThrownBy(() -> images.read(SpecFolder.LEAST, "data.train=train"))
        .hasMessageEndingWith("data.train[0]: there is no " + Path.of("train").toAbsolutePath());
  }

  @Test
  void readsGlobsAndFiles() {
    RunSpec spec = images.read(SpecFolder.LEAST.replace("[train]", "[train/*.png, test/b.png]"));

    assertThat(spec.data().train())
        .containsExactly(
            ImageSource.at(folder + "/train/*.png"), ImageSource.at(folder + "/test/b.png"));
  }

  @Test
  void keepsUris() {
    String uri = folder.resolve("train").toUri().toString();

    RunSpec spec = images.read(SpecFolder.LEAST, "data.train=" + uri, "output.path=hdfs://n/out");

    assertThat(spec.data().train()).containsExactly(ImageSource.at(uri));
    assertThat(spec.output().path()).isEqualTo("hdfs://n/out");
  }

  @Test
  void appliesOverrides() {
    RunSpec spec =
        images.read(
            SpecFolder.LEAST,
            "grid.bits=[fp, w4a4]",
            "grid.seed=3",
            "train.learningRate=2e-4",
            "train.pretrain.steps=7",
            "teacher={model: edsr}",
            "name=other");

    assertThat(spec.grid().bits()).containsExactly("fp", "w4a4");
    assertThat(spec.grid().seed()).containsExactly(3L);
    assertThat(spec.train().settings().learningRate()).isEqualTo(2e-4);
    assertThat(spec.train().pretrain().settings().steps()).isEqualTo(7);
    assertThat(spec.teacher()).map(TeacherSpec::model).contains("edsr");
    assertThat(spec.output().path()).endsWith("/runs/other");
  }

  @Test
  void refusesUnknownKeysWithTheNearest() {
    assertThat(problem(SpecFolder.LEAST + "trane: {steps: 4}\n"))
        .isEqualTo("line 8: trane: unknown key (did you mean train?)");
    assertThat(problem(SpecFolder.LEAST, "grid.bitz=w4a4"))
        .isEqualTo("grid.bitz: unknown key (did you mean bits?)");
    assertThat(problem(SpecFolder.LEAST, "grid.include={colour: red}"))
        .isEqualTo(
            "grid.include.colour: unknown key"
                + " (valid: bits, method, quantizer, seed, student)");
    assertThat(problem(SpecFolder.LEAST, "name.first=x"))
        .isEqualTo("name.first: cannot be set: name has no keys of its own");
  }

  @Test
  void refusesWrongTypes() {
    assertThat(problem(SpecFolder.LEAST, "train.steps=many"))
        .isEqualTo("train.steps: expected a whole number, found \"many\"");
    assertThat(problem(SpecFolder.LEAST, "train.steps=1.5"))
        .isEqualTo("train.steps: expected a whole number, found 1.5");
    assertThat(problem(SpecFolder.LEAST, "train.ema=[0.9, true]"))
        .isEqualTo("train.ema: expected a number, found a list");
    assertThat(problem(SpecFolder.LEAST, "train=4"))
        .isEqualTo("train: expected a mapping of keys, found 4");
    assertThat(problem(SpecFolder.LEAST, "grid.bits=[4]"))
        .isEqualTo(
            "grid.bits: Unknown bit-widths: 4 (write fp, or w and a with 2 to 8 or 32 bits,"
                + " as in w4a4)");
    assertThat(problem(SpecFolder.LEAST, "grid.seed=99999999999999999999"))
        .isEqualTo("grid.seed: expected a whole number, found 99999999999999999999");
    assertThat(problem(SpecFolder.LEAST, "name=''")).isEqualTo("name: must not be empty");
  }

  @Test
  void refusesValuesOutOfRange() {
    assertThat(problem(SpecFolder.LEAST, "train.batch=0"))
        .isEqualTo("train.batch: must be between 1 and 4096, found 0");
    assertThat(problem(SpecFolder.LEAST, "train.steps=0"))
        .isEqualTo("train.steps: must be at least 1, found 0");
    assertThat(problem(SpecFolder.LEAST, "train.learningRate=0"))
        .isEqualTo("train.learningRate: must be between 1.0E-9 and 1, found 0");
    assertThat(problem(SpecFolder.LEAST, "data.channels=2"))
        .isEqualTo("data.channels: must be 1 or 3, found 2");
    assertThat(problem(SpecFolder.LEAST, "train.decayAt=[0.8, 0.5]"))
        .isEqualTo("train.decayAt: must ascend between 0 and 1, found [0.8, 0.5]");
    assertThat(problem(SpecFolder.LEAST, "train.pretrain.decayAt=[1.0]"))
        .isEqualTo("train.pretrain.decayAt: must ascend between 0 and 1, found [1.0]");
  }

  @Test
  void refusesPatchesThatDoNotFitTheScale() {
    assertThat(problem(SpecFolder.LEAST, "task.scale=3", "data.patch=97", "data.stride=48"))
        .isEqualTo("data.patch: must be a multiple of task.scale 3, found 97");
    assertThat(problem(SpecFolder.LEAST, "data.stride=47"))
        .isEqualTo("data.stride: must be a multiple of task.scale 2, found 47");
    assertThat(problem(SpecFolder.LEAST, "data.patch=24"))
        .isEqualTo(
            "data.patch: must be at least 32 at scale 2, so that an input patch has 16 pixels,"
                + " found 24");
  }

  @Test
  void refusesUnknownNames() {
    assertThat(problem(SpecFolder.LEAST, "task.name=srr"))
        .isEqualTo("task.name: Unknown task: srr (did you mean sr?)");
    assertThat(problem(SpecFolder.LEAST, "grid.student=edsrr-c16"))
        .isEqualTo("grid.student: Unknown model: edsrr (did you mean edsr?)");
    assertThat(problem(SpecFolder.LEAST, "grid.student=edsr-x16"))
        .isEqualTo("grid.student: Cannot build edsr-x16: edsr has no option x (did you mean b?)");
    assertThat(problem(SpecFolder.LEAST, "teacher.model=edsk"))
        .isEqualTo("teacher.model: Unknown model: edsk (did you mean edsr?)");
    assertThat(problem(SpecFolder.LEAST, "grid.quantizer=lsqq"))
        .isEqualTo("grid.quantizer: Unknown quantizer: lsqq (did you mean lsq?)");
    assertThat(problem(SpecFolder.LEAST, "grid.method=none+logit"))
        .isEqualTo("grid.method: Unknown method: logit (did you mean logits?)");
    assertThat(problem(SpecFolder.LEAST, "grid.bits=w1a4"))
        .isEqualTo(
            "grid.bits: Unknown bit-widths: w1a4 (write fp, or w and a with 2 to 8 or 32 bits,"
                + " as in w4a4)");
  }

  @Test
  void aTaskIsNamedInFullAndHasItsOnlyScale() {
    String denoising =
        SpecFolder.LEAST.replace("edsr-c16-b4", "dncnn-c8-d3") + "task: {name: denoise}\n";
    RunSpec spec = images.read(denoising);
    assertThat(spec.task()).isEqualTo(new TaskSpec("denoise-s25", 1));
    assertThat(images.read(denoising, "task.name=denoise-s15.0", "task.scale=1").task())
        .isEqualTo(new TaskSpec("denoise-s15", 1));
    assertThat(problem(denoising, "task.scale=2"))
        .contains("task.scale: denoise-s25 has no scale 2 (valid: 1)");
    assertThat(problem(denoising, "task.name=denoise-x15"))
        .contains(
            "task.name: Cannot set task denoise-x15: denoise has no option x (did you mean s?)");
    assertThat(images.read(denoising, "task.name=blur-g1.20+denoise").task())
        .isEqualTo(new TaskSpec("blur-g1.2+denoise-s25", 1));
    assertThat(problem(denoising, "task.name=blur"))
        .contains("task.name: Cannot set task blur: it takes either g or m (blur-g1.6, blur-m15)");
    assertThat(problem(denoising, "task.name=denoise+sr", "task.scale=2"))
        .contains("task.name: Cannot set task denoise-s25+sr: sr must come before denoise-s25");
    assertThat(problem(denoising, "task.name=denoise-s101"))
        .contains("task.name: Cannot set task denoise-s101: s must lie between 1 and 100");
    Trial fifteen = trial(images.read(denoising, "task.name=denoise-s15"));
    Trial twentyFive = trial(spec);
    ContentKeys keys = new ContentKeys("da7a", "", "");
    assertThat(fifteen.task()).isEqualTo("denoise-s15");
    assertThat(fifteen.id(keys)).isNotEqualTo(twentyFive.id(keys));
    assertThat(trial(images.read(denoising, "task.name=denoise-s25")).id(keys))
        .isEqualTo(twentyFive.id(keys));
  }

  private static Trial trial(RunSpec spec) {
    return GridExpansion.expand(spec, Catalog.load()).trials().get(0);
  }

  @Test
  void refusesScalesThatAModelOrTheTaskLacks() {
    assertThat(problem(SpecFolder.LEAST, "task.scale=6"))
        .contains("task.scale: sr has no scale 6 (valid: 2, 3, 4, 8)")
        .contains("grid.student: edsr-c16-b4 has no scale 6 (valid: 1, 2, 3, 4, 8)");
    assertThat(problem(SpecFolder.LEAST, "task.scale=6", "teacher.model=edsr"))
        .contains("teacher.model: edsr has no scale 6 (valid: 1, 2, 3, 4, 8)");
  }

  @Test
  void aValueOfAnAxisIsRefusedAtItsOwnLine() {
    String spec =
        SpecFolder.LEAST.replace(
            "  student: [edsr-c16-b4]\n",
            "  student: [edsr-c16-b4]\n  bits:\n    - fp\n    - w4b4\n    - fp\n");
    assertThat(problem(spec))
        .contains("line 8: grid.bits: ", "w4b4")
        .contains("line 9: grid.bits: fp appears twice");
  }

  @Test
  void refusesEmptyAndRepeatedAxes() {
    assertThat(problem(SpecFolder.LEAST, "grid.bits=[]")).isEqualTo("grid.bits: has no values");
    assertThat(problem(SpecFolder.LEAST, "grid.bits=[fp, fp]"))
        .isEqualTo("grid.bits: fp appears twice");
    assertThat(problem(SpecFolder.LEAST, "grid.bits=[fp, w32a32]"))
        .isEqualTo("grid.bits: w32a32 appears twice, as fp is the same");
    assertThat(problem(SpecFolder.LEAST, "grid.student=[edsr-c16-b4, edsr-b4-c16]"))
        .isEqualTo("grid.student: edsr-b4-c16 appears twice, as edsr-c16-b4 is the same");
  }

  @Test
  void refusesLabelsThatDoNotTellMethodsApart() {
    String teacher = "teacher.model=edsr";
    assertThat(problem(SpecFolder.LEAST, teacher, "grid.method=[at as x, 'rkd(points=2) as x']"))
        .isEqualTo("grid.method: label x is given to at and to rkd(points=2)");
    assertThat(problem(SpecFolder.LEAST, teacher, "grid.method=[logits, at as logits]"))
        .isEqualTo("grid.method: label logits is the name of a method");
    assertThat(problem(SpecFolder.LEAST, teacher, "grid.method=[at, at as hot]"))
        .isEqualTo("grid.method: at as hot appears twice, as at is the same");
    assertThat(
            problem(
                SpecFolder.LEAST,
                teacher,
                "grid.method=[none, at as x]",
                "grid.include=[{bits: w4a4, method: at as y}]"))
        .isEqualTo("grid.method: at is labelled both x and y");
    assertThat(problem(SpecFolder.LEAST, teacher, "grid.method=at as too hot"))
        .isEqualTo(
            "grid.method: label \"too hot\" must start with a letter or digit and go on with those,"
                + " dots, dashes and underscores");
    assertThat(problem(SpecFolder.LEAST, teacher, "grid.method=att as hot"))
        .startsWith("grid.method: Unknown method: att (did you mean at?)");
  }

  @Test
  void refusesIncludeAndExcludeThatSayNothing() {
    assertThat(problem(SpecFolder.LEAST, "grid.include=[{}]"))
        .isEqualTo(
            "grid.include[0]: names no axis (valid: student, bits, quantizer, method, seed)");
    assertThat(problem(SpecFolder.LEAST, "grid.include=[{bits: w4a4, quantizer: minmaks}]"))
        .isEqualTo("grid.include[0].quantizer: Unknown quantizer: minmaks (did you mean minmax?)");
    assertThat(problem(SpecFolder.LEAST, "grid.exclude=[{bits: w4a4}]"))
        .isEqualTo("grid.exclude[0].bits: no cell has w4a4 (valid: fp)");
    assertThat(problem(SpecFolder.LEAST, "grid.exclude=[{method: logitz}]"))
        .isEqualTo("grid.exclude[0].method: Unknown method: logitz (did you mean logits?)");
    assertThat(problem(SpecFolder.LEAST, "grid.exclude=[{method: logits}]"))
        .isEqualTo("grid.exclude[0].method: no cell has logits (valid: none)");
    assertThat(problem(SpecFolder.LEAST, "grid.exclude=[{bits: fp}]"))
        .isEqualTo("grid.exclude: takes out every cell");
  }

  @Test
  void refusesCombinationsThatCannotBe() {
    assertThat(problem(SpecFolder.LEAST, "grid.method=[none, logits]"))
        .isEqualTo("teacher: is required, as method logits has one");
    assertThat(problem(SpecFolder.LEAST, "grid.bits=w4a4", "grid.quantizer=fp"))
        .isEqualTo(
            "grid.quantizer: fp quantises nothing, so it cannot give w4a4"
                + " (bits fp use it by themselves)");
  }

  @Test
  void takesOneOfTheChoices() {
    RunSpec spec = SpecFolder.in(folder).read(SpecFolder.LEAST, "evaluate.onBadImage=skip");
    assertThat(spec.evaluate().onBadImage()).isEqualTo(BadImage.SKIP);
    assertThat(problem(SpecFolder.LEAST, "evaluate.onBadImage=Skip"))
        .isEqualTo("evaluate.onBadImage: expected refuse or skip, found \"Skip\"");
    assertThat(problem(SpecFolder.LEAST, "evaluate.onBadImage=3"))
        .isEqualTo("evaluate.onBadImage: expected refuse or skip, found 3");
  }

  @Test
  void refusesInputsThatAreNotThere() {
    assertThat(problem(SpecFolder.LEAST.replace("[train]", "[trian]")))
        .isEqualTo("line 3: data.train[0]: there is no " + folder + "/trian");
    assertThat(problem(SpecFolder.LEAST.replace("path: test", "path: test/*.bmp")))
        .isEqualTo("line 7: evaluate.sets[0].path: there is no " + folder + "/test/*.bmp");
    assertThat(folder.resolve("empty").toFile().mkdir()).isTrue();
    assertThat(problem(SpecFolder.LEAST.replace("path: test", "path: empty")))
        .isEqualTo("line 7: evaluate.sets[0].path: there are no files in " + folder + "/empty");
    assertThat(problem(SpecFolder.LEAST, "evaluate.sets=[]"))
        .isEqualTo("evaluate.sets: names no test set");
    assertThat(problem(SpecFolder.LEAST + "teacher: {model: edsr, weights: teacher.npz}\n"))
        .isEqualTo("line 8: teacher.weights: there is no file " + folder + "/teacher.npz");
  }

  @Test
  void refusesTextThatIsNoSpec() {
    assertThat(problem("name: [a, b\ndata: 3\n"))
        .isEqualTo("line 2: no valid YAML: expected ',' or ']', but got :");
    assertThat(problem("name: a\nname: b\n"))
        .isEqualTo("line 2: name is given twice, first on line 1; keep one");
    assertThat(problem("name: a\n---\nname: b\n"))
        .isEqualTo("line 3: a second document is not allowed");
    assertThat(problem("")).isEqualTo("expected a mapping of keys, found nothing");
    assertThat(problem("- a\n")).isEqualTo("expected a mapping of keys, found a list");
  }

  @Test
  void namesWhatIsRequired() {
    assertThat(problem("name: a\n"))
        .isEqualTo(
            """
            3 problems
              data.train: is required: training images: folders, files or globs, on this machine \
            or at a Hadoop URI; for task pairs keys input and target, each one of these
              grid.student: is required: student models, names as in `distill-grid list students`; or \
            keys, for one that has weights
              evaluate.sets: is required: test sets, each scored and reported on its own\
            """);
  }

  @Test
  void refusesArgumentsThatAreNoOverrides() {
    assertThatThrownBy(() -> images.read(SpecFolder.LEAST, "quick"))
        .hasMessage("Cannot read argument: expected key.path=value, found \"quick\"");
    assertThatThrownBy(() -> images.read(SpecFolder.LEAST, "name=a", "name=b"))
        .hasMessage("Cannot read argument: name is given twice");
    assertThatThrownBy(() -> images.read(SpecFolder.LEAST, "grid.bits=[fp"))
        .hasMessageStartingWith("Cannot use spec argument grid.bits=[fp: line 1: no valid YAML");
  }

  @Test
  void refusesAMissingFile() {
    assertThatThrownBy(() -> CheckedSpecs.reader(Catalog.load()).read("none.yaml", List.of()))
        .isInstanceOfSatisfying(
            GridException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE))
        .hasMessage("Cannot read spec: there is no file none.yaml");
  }

  private String problem(String yaml, String... overrides) {
    String location = images.spec(yaml);
    try {
      CheckedSpecs.reader(Catalog.load()).read(location, List.of(overrides));
    } catch (GridException e) {
      String start = "Cannot use spec " + location + ": ";
      assertThat(e.getMessage()).startsWith(start);
      return e.getMessage().substring(start.length()).lines().collect(Collectors.joining("\n"));
    }
    throw new AssertionError("The spec was taken");
  }
}
