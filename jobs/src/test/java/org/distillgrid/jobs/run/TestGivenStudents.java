package org.distillgrid.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.HostTensor;
import org.distillgrid.kd.weights.Safetensors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose students exist before them: as files, or as their own teacher. */
class TestGivenStudents {
  private static final String STARTS =
      "SELECT student, student_label, start FROM trials WHERE method = 'none' AND bits = 'w8a8'"
          + " ORDER BY 2";

  @TempDir Path folder;
  private TinyRun tiny;

  @BeforeEach
  void images() throws IOException {
    tiny = new TinyRun(folder);
  }

  @AfterEach
  void close() throws IOException {
    tiny.close();
  }

  private TinyRun.Outcome run(String output, String... more) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("grid.include=[]", "output.path=" + folder.resolve(output)));
    arguments.addAll(List.of(more));
    return tiny.run("run", arguments.toArray(String[]::new));
  }

  private TinyRun.Outcome whole(String output, String... more) throws IOException {
    TinyRun.Outcome outcome = run(output, more);
    assertThat(outcome.status()).as(outcome.out() + outcome.err()).isZero();
    return outcome;
  }

  private Path teacher(String output) {
    return folder.resolve(output).resolve("teacher/weights.safetensors");
  }

  private String given(Path weights, String label) {
    return "{model: edsr-c4-b1, weights: %s, as: %s}".formatted(weights, label);
  }

  private List<String> rows(String output, String query) {
    return TinyRun.execute("sql", "--csv", folder.resolve(output).toString(), query)
        .out()
        .lines()
        .skip(1)
        .toList();
  }

  private String id(String output, String label, String quantizer) {
    String query =
        "SELECT trial_id FROM trials WHERE bits = 'w8a8' AND method = 'none' AND student_label ="
            + " '%s' AND quantizer = '%s'";
    return rows(output, query.formatted(label, quantizer)).get(0);
  }

  private double psnr(String output, String id) {
    String query = "SELECT avg(psnr) FROM metrics WHERE trial_id = '%s'".formatted(id);
    return Double.parseDouble(rows(output, query).get(0));
  }

  private static Map<String, HostTensor> tensors(Path file) throws IOException {
    return Safetensors.read(Files.readAllBytes(file), file.toString()).tensors();
  }

  private Path trained(String output, String id) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve(output).resolve("attempts").resolve(id))) {
      return files.filter(file -> file.endsWith("weights.safetensors")).findFirst().orElseThrow();
    }
  }

  // Calibration adds scales and leaves the weights alone.
  private void isMadeOf(Path student, Path weights) throws IOException {
    Map<String, HostTensor> found = new HashMap<>(tensors(student));
    Map<String, HostTensor> expected = tensors(weights);
    found.keySet().retainAll(expected.keySet());
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, tensor) -> assertThat(found.get(name).values()).containsExactly(tensor.values()));
  }

  @Test
  void aStudentOfAFileIsQuantisedAsItIs() throws IOException {
    whole("first", "grid.bits=fp");
    Path weights = Files.copy(teacher("first"), folder.resolve("mine.safetensors"));
    String[] grid = {
      "grid.student=[%s, edsr-c4-b1]".formatted(given(weights, "mine")),
      "grid.bits=[w8a8, w4a4]",
      "grid.quantizer=[minmax, lsq]",
      "train.pretrain.steps=3"
    };

    assertThat(whole("run", grid).out())
        .contains("Student taken: mine of " + weights)
        .contains("Trials: 8, 0 finished before, 8 to train")
        .containsPattern("test +mine +w8a8 +minmax");
    assertThat(rows("run", STARTS))
        .containsExactly(
            "edsr-c4-b1,edsr-c4-b1,pretrained",
            "edsr-c4-b1,edsr-c4-b1,pretrained",
            "edsr-c4-b1,mine,given",
            "edsr-c4-b1,mine,given");
    String calibrated = id("run", "mine", "minmax");
    isMadeOf(trained("run", calibrated), weights);
    // The teacher of this run has the same weights, at full precision.
    assertThat(psnr("run", calibrated)).isCloseTo(psnr("run", "teacher"), within(0.1));
    assertThat(psnr("run", id("run", "edsr-c4-b1", "minmax")))
        .isNotEqualTo(psnr("run", calibrated));

    grid[0] = "grid.student=[%s, edsr-c4-b1]".formatted(given(weights, "ours"));
    assertThat(whole("run", grid).out())
        .contains("Student is there: ours of " + weights)
        .contains("Trials: 8, 8 finished before, 0 to train")
        .containsPattern("test +ours +w8a8 +minmax");
    isComparedAndShownByItsLabel();
    isItsOwnTeacher(calibrated);
  }

  private void isComparedAndShownByItsLabel() {
    String run = folder.resolve("run").toString();
    TinyRun.Outcome crops =
        TinyRun.execute(
            "crops",
            run,
            folder.resolve("test/0.png").toString(),
            folder.resolve("crops.png").toString(),
            "--at=0,0",
            "--side=16",
            "--bits=w8a8",
            "--quantizer=minmax",
            "--student=ours");
    assertThat(crops.status()).as(crops.err()).isZero();
    TinyRun.Outcome plan = TinyRun.execute("sql", run, "SELECT DISTINCT student FROM summary");
    assertThat(plan.out()).contains("edsr-c4-b1").doesNotContain("ours");
  }

  // The same network, weights and data are the same trial, wherever the weights come from.
  private void isItsOwnTeacher(String calibrated) throws IOException {
    String[] grid = {
      "train.start=teacher",
      "grid.student=[teacher]",
      "grid.bits=w8a8",
      "grid.quantizer=[minmax, lsq]",
      "grid.method=[none, logits]"
    };

    assertThat(tiny.run("plan", grid).out())
        .contains("starts           edsr-c4-b1 from the teacher's weights")
        .contains("shared students  none");
    assertThat(whole("self", grid).out()).contains("Trials: 3, 0 finished before, 3 to train");
    assertThat(id("self", "edsr-c4-b1", "minmax")).isEqualTo(calibrated);
    isMadeOf(trained("self", calibrated), teacher("self"));
    assertThat(psnr("self", calibrated)).isEqualTo(psnr("run", calibrated));
    assertThat(id("self", "edsr-c4-b1", "lsq")).isEqualTo(id("run", "ours", "lsq"));
    assertThat(psnr("self", id("self", "edsr-c4-b1", "lsq")))
        .isEqualTo(psnr("run", id("run", "ours", "lsq")));
    assertThat(folder.resolve("self/pretrained")).doesNotExist();
  }

  @Test
  void aStudentOfAFileMayBeTrainedOn() throws IOException {
    whole("first", "grid.bits=fp");
    String student = "grid.student=" + given(teacher("first"), "mine");
    whole("on", student, "grid.bits=w8a8", "grid.quantizer=minmax", "train.start=pretrained");
    whole("as-is", student, "grid.bits=w8a8", "grid.quantizer=minmax");

    assertThat(folder.resolve("on/pretrained")).isNotEmptyDirectory();
    assertThat(psnr("on", id("on", "mine", "minmax")))
        .isNotEqualTo(psnr("as-is", id("as-is", "mine", "minmax")));
  }

  @Test
  void aStudentMayStartFromFirstValues() throws IOException {
    whole("scratch", "grid.bits=w8a8", "train.start=scratch");

    assertThat(rows("scratch", STARTS)).containsExactly("edsr-c4-b1,edsr-c4-b1,scratch");
    assertThat(folder.resolve("scratch/pretrained")).doesNotExist();
    Path quantised = trained("scratch", id("scratch", "edsr-c4-b1", "lsq"));
    assertThat(whole("again", "grid.student=" + given(quantised, "mine"), "grid.bits=fp").out())
        .contains("Weights: took those of " + quantised + " without its quantisers");
  }

  @Test
  void refusesWeightsThatAreNotTheStudents() throws IOException {
    whole("first", "grid.bits=fp");
    Path weights = folder.resolve("bare.safetensors");
    Safetensors.write(Checkpoint.of(tensors(teacher("first")), Map.of()), weights);
    Path copy = Files.copy(weights, folder.resolve("copy.safetensors"));

    fails(
        run("other", "grid.student={model: edsr-c4-b2, weights: " + weights + "}"),
        "Cannot load " + weights + " into edsr-c4-b2 ×2: ",
        "its tensors are those of edsr-c4-b1 ×2 with 3 image channels, so name that as the model");
    fails(
        run(
            "scale",
            "grid.student=" + given(weights, "mine"),
            "task.scale=4",
            "data.patch=64",
            "data.stride=64",
            "teacher=null"),
        "Cannot load " + weights + " into edsr-c4-b1 ×4: ");
    fails(
        run("grey", "grid.student=" + given(weights, "mine"), "data.channels=1", "teacher=null"),
        "Cannot load " + weights + " into edsr-c4-b1 ×2: ");
    fails(
        run("twice", "grid.student=[" + given(weights, "mine") + ", " + given(copy, "yours") + "]"),
        "Cannot train mine and yours as two students: they are given the same weights");
    assertThat(folder.resolve("twice/data")).doesNotExist();
  }

  private static void fails(TinyRun.Outcome outcome, String... parts) {
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(ErrorCode.INPUT.exitStatus());
    assertThat(outcome.err()).contains(parts);
  }
}
