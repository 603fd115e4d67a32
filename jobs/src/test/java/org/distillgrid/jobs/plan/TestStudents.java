package org.distillgrid.jobs.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.spec.SpecFolder;
import org.distillgrid.jobs.spec.SpecReader;
import org.distillgrid.jobs.spec.SpecWriter;
import org.distillgrid.jobs.spec.TrainSpec;
import org.distillgrid.kd.error.GridException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Students that exist: what a grid calls them, what they start from, and what is refused. */
class TestStudents {
  private static final String TEACHER = "teacher.model=edsr-c16-b4";
  private static final Catalog CATALOG = Catalog.load();

  @TempDir Path folder;
  private SpecFolder images;

  @BeforeEach
  void images() {
    images = SpecFolder.in(folder).file("a.pth").file("b.pth");
  }

  private String given(String label, String file) {
    return "{model: edsr-c16-b4, weights: %s, as: %s}".formatted(folder.resolve(file), label);
  }

  private RunSpec read(String... overrides) {
    return images.read(SpecFolder.LEAST, overrides);
  }

  private List<Trial> trials(String... overrides) {
    return GridExpansion.expand(read(overrides), CATALOG).trials();
  }

  private void refuses(String problem, String... overrides) {
    assertThatThrownBy(() -> read(overrides))
        .isInstanceOf(GridException.class)
        .hasMessage("Cannot use spec %s: %s", folder.resolve("spec.yaml"), problem);
  }

  @Test
  void aTextAloneIsAModelAndIsWrittenSo() {
    RunSpec spec =
        read("grid.student=[edsr-c8-b2, {model: edsr-c16-b4}, " + given("m", "a.pth") + "]");
    String yaml = SpecWriter.yaml(spec);

    assertThat(yaml)
        .contains("  student:\n  - edsr-c8-b2\n  - edsr-c16-b4\n  - model: edsr-c16-b4\n")
        .contains("    weights: " + folder.resolve("a.pth") + "\n    as: m\n");
    assertThat(SpecReader.effective(yaml, "again")).isEqualTo(spec);
  }

  @Test
  void weightsOfTheFileStartFromItsFolder() {
    String yaml = SpecFolder.LEAST.replace("[edsr-c16-b4]", "[{model: edsr, weights: a.pth}]");

    assertThat(images.read(yaml).grid().student().get(0).weights())
        .contains(folder.resolve("a.pth").toString());
    assertThat(images.read(yaml, "grid.student[0].weights=" + folder + "/b.pth").grid().student())
        .extracting(student -> student.weights().orElseThrow())
        .containsExactly(folder.resolve("b.pth").toString());
  }

  @Test
  void startsFromItsWeightsUnlessTheSpecSaysOtherwise() {
    List<Trial> trials = trials("grid.student=[edsr-c8-b2, " + given("mine", "a.pth") + "]");

    assertThat(trials)
        .extracting(Trial::name)
        .containsExactly("edsr-c8-b2 fp fp none seed 0", "mine fp fp none seed 0");
    assertThat(trials)
        .extracting(trial -> trial.from().start())
        .containsExactly(TrainSpec.Start.PRETRAINED, TrainSpec.Start.GIVEN);
    assertThat(trials("grid.student=" + given("mine", "a.pth"), "train.start=pretrained"))
        .singleElement()
        .satisfies(trial -> assertThat(trial.from().isPretrained()).isTrue());
  }

  @Test
  void aLabelStandsForItsStudentInPatterns() {
    List<Trial> trials =
        trials(
            "grid.student=[edsr-c16-b4, " + given("mine", "a.pth") + "]",
            "grid.bits=[fp, w4a4]",
            "grid.include=[{student: mine, bits: w2a2}]",
            "grid.exclude=[{student: mine, bits: w4a4}, {student: edsr-c16-b4, bits: fp}]");

    assertThat(trials)
        .extracting(Trial::name)
        .containsExactly(
            "edsr-c16-b4 w4a4 lsq none seed 0",
            "mine fp fp none seed 0",
            "mine w2a2 lsq none seed 0");
  }

  @Test
  void anIdDependsOnTheWeightsAndNotOnWhatTheyAreCalled() {
    List<Trial> all = new ArrayList<>();
    all.addAll(trials("grid.student=" + given("mine", "a.pth")));
    all.addAll(trials("grid.student=" + given("yours", "b.pth")));
    all.addAll(trials(TEACHER, "grid.student=teacher", "train.start=teacher"));
    all.addAll(trials("grid.student=edsr-c16-b4", "train.start=scratch"));
    all.addAll(trials("grid.student=" + given("mine", "a.pth"), "train.start=pretrained"));
    all.addAll(trials("grid.student=edsr-c16-b4"));

    assertThat(ids(all, "c0ffee", "c0ffee", "c0ffee").stream().distinct()).hasSize(4);
    List<String> ids = ids(all, "c0ffee", "ba5e", "7eac4");
    assertThat(ids.stream().distinct()).hasSize(6);
    assertThat(ids(all, "c0ffee", "c0ffee", "c0ffee").get(0)).isEqualTo(ids.get(0));
  }

  private static List<String> ids(List<Trial> trials, String mine, String yours, String teacher) {
    Map<String, String> students = Map.of("mine", mine, "yours", yours);
    ContentKeys keys = new ContentKeys("da7a", teacher, "", students);
    return trials.stream().map(trial -> trial.id(keys)).toList();
  }

  @Test
  void nothingOfAPretrainingThatThereIsNotIsInAnId() {
    String student = "grid.student=" + given("mine", "a.pth");
    List<Trial> all = new ArrayList<>(trials(student));
    all.addAll(trials(student, "train.pretrain.steps=3", "train.pretrain.threads=2"));
    all.addAll(trials(student, "cluster.threads=2"));
    List<String> ids = ids(all, "c0ffee", "", "");

    assertThat(ids.get(1)).isEqualTo(ids.get(0));
    assertThat(ids.get(2)).isNotEqualTo(ids.get(0));
  }

  @Test
  void onlyPretrainedStudentsAreTrainedBeforehand() {
    RunSpec spec =
        read("grid.student=[edsr-c8-b2, " + given("mine", "a.pth") + "]", "grid.seed=[0, 1]");
    TrialPlan plan = GridExpansion.expand(spec, CATALOG);

    assertThat(plan.pretrained())
        .extracting(key -> key.cell().toString())
        .containsExactly("edsr-c8-b2 fp fp none seed 0", "edsr-c8-b2 fp fp none seed 1");
    assertThat(plan.given())
        .singleElement()
        .extracting(key -> key.from().label())
        .isEqualTo("mine");
  }

  @Test
  void aRunGoesOnWhateverItsStudentIsCalled() {
    RunSpec old = read("grid.student=" + given("mine", "a.pth"));

    assertThat(between(old, "grid.student=" + given("yours", "./a.pth"))).isEmpty();
    assertThat(between(old, "grid.student=[edsr-c8-b2, " + given("mine", "a.pth") + "]")).isEmpty();
    assertThat(between(old, "grid.student=" + given("mine", "b.pth")))
        .singleElement()
        .asString()
        .startsWith("grid.student: [{model: edsr-c16-b4, weights: ");
  }

  private List<String> between(RunSpec old, String student) {
    return SpecDifference.between(old, read(student), CATALOG);
  }

  @Test
  void refusesLabelsThatTellNothingApart() {
    refuses(
        "grid.student[1].as: label edsr is the name of a model",
        "grid.student=[edsr-c8-b2, " + given("edsr", "a.pth") + "]");
    refuses(
        "grid.student[0].as: label teacher stands for the teacher's network",
        "grid.student=[" + given("teacher", "a.pth") + "]");
    refuses(
        "grid.student: mine appears twice",
        "grid.student=[" + given("mine", "a.pth") + ", " + given("mine", "b.pth") + "]");
    refuses(
        "grid.student[1]: mine and yours are one student",
        "grid.student=[" + given("mine", "a.pth") + ", " + given("yours", "./a.pth") + "]");
    assertThat(problems("grid.student=[edsr-c16-b4, {model: edsr-b4-c16, weights: %s/a.pth}]"))
        .contains("grid.student[1]: edsr-b4-c16 needs a label (as: NAME) beside the other");
  }

  private String problems(String... overrides) {
    String[] filled =
        Arrays.stream(overrides).map(text -> text.formatted(folder)).toArray(String[]::new);
    try {
      read(filled);
      return "";
    } catch (GridException e) {
      return e.getMessage();
    }
  }

  @Test
  void refusesWeightsThatAreNotThere() {
    refuses(
        "grid.student[0].weights: there is no file " + folder.resolve("c.pth"),
        "grid.student=[" + given("mine", "c.pth") + "]");
  }

  @Test
  void refusesAStartWithoutWhatItTakes() {
    refuses(
        "train.start: given takes weights for every student, and edsr-c16-b4 has none (write"
            + " {model: edsr-c16-b4, weights: FILE} under grid.student)",
        "train.start=given");
    refuses(
        "train.start: scratch starts from first values, and mine has weights",
        "train.start=scratch",
        "grid.student=" + given("mine", "a.pth"));
    refuses(
        "train.start: scratch gives minmax nothing to calibrate: it does not train",
        "train.start=scratch",
        "grid.bits=w8a8",
        "grid.quantizer=[lsq, minmax]");
    refuses("train.start: teacher needs one, and the spec has no teacher", "train.start=teacher");
    refuses(
        "grid.student: teacher is the teacher's network, and the spec has no teacher",
        "grid.student=[teacher]");
    refuses(
        "train.start: teacher takes the teacher's weights, and mine has weights of its own",
        "train.start=teacher",
        TEACHER,
        "grid.student=" + given("mine", "a.pth"));
    refuses(
        "train.start: teacher takes students of the teacher's network, edsr, and edsr-c16-b4 is"
            + " another (write teacher under grid.student)",
        "train.start=teacher",
        "teacher.model=edsr");
    refuses(
        "train.start: expected pretrained or scratch or given or teacher, found \"mine\"",
        "train.start=mine");
    refuses(
        "grid.student[0]: expected text or a mapping of keys, found a list",
        "grid.student=[[edsr]]");
  }

  @Test
  void theTeachersNetworkMayBeCalledTeacher() {
    assertThat(
            trials(
                TEACHER,
                "train.start=teacher",
                "grid.student=[teacher]",
                "grid.bits=[fp, w4a4]",
                "grid.exclude=[{student: teacher, bits: fp}]"))
        .extracting(Trial::name)
        .containsExactly("edsr-c16-b4 w4a4 lsq none seed 0");
  }
}
