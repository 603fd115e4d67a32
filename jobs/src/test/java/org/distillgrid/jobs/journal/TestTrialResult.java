package org.distillgrid.jobs.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.distillgrid.jobs.folder.JsonFiles;
import org.distillgrid.jobs.folder.RunFiles;
import org.distillgrid.kd.train.CurvePoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestTrialResult {
  @TempDir java.nio.file.Path folder;

  private final JsonFiles json = new JsonFiles(new RunFiles(new Configuration()));

  @Test
  void survivesAFileIncludingInfinitePsnr() {
    TrialResult result =
        new FinishedResult(
            circumstances(),
            12.5,
            100,
            50,
            7_000_000_000L,
            112_000_000_000L,
            "ff00",
            "attempts/t1/a1/weights.safetensors",
            "attempts/t1/a1/packed.safetensors",
            "the loss grew from 0.02 to 4e+11",
            new LpipsNetwork("alex", "00aa"),
            List.of(
                new ImageMetrics("Set5", "a.png", Double.POSITIVE_INFINITY, 1.0, 0.125, "Y", 2),
                new ImageMetrics("Set5", "tiny.png", 30.5, null, null, "Y", 2)),
            List.of(new CurvePoint(100, "loss/l1", 0.25)));
    Path path = new Path(folder.resolve("result.json").toUri());

    json.write(path, result);

    assertThat(json.read(path, TrialResult.class)).contains(result);
    assertThat(json.read(path, TrialResult.class)).containsInstanceOf(FinishedResult.class);
  }

  private static Circumstances circumstances() {
    return new Circumstances(
        "t1",
        "a1",
        600,
        "gpu:0",
        "host/1/0",
        1,
        "00ff",
        new TrialResult.Versions("1", "2", "17"),
        "2026-01-01T00:00:00Z");
  }

  @Test
  void aFailedResultIsTheFileThatEveryVersionReads() throws Exception {
    TrialResult result = new FailedResult(circumstances(), "Cannot train: loss is NaN");
    java.nio.file.Path file = folder.resolve("result.json");
    Path path = new Path(file.toUri());

    json.write(path, result);

    assertThat(json.read(path, TrialResult.class)).contains(result);
    assertThat(Files.readString(file))
        .isEqualTo(
            """
            {
              "trialId" : "t1",
              "attempt" : "a1",
              "error" : "Cannot train: loss is NaN",
              "steps" : 600,
              "seconds" : 0.0,
              "device" : "gpu:0",
              "slot" : "host/1/0",
              "threads" : 1,
              "parameters" : 0,
              "packedBytes" : 0,
              "macs" : 0,
              "bitOperations" : 0,
              "weightHash" : "",
              "weights" : "",
              "packed" : "",
              "teacherHash" : "00ff",
              "versions" : {
                "distillGrid" : "1",
                "engine" : "2",
                "java" : "17"
              },
              "finishedAt" : "2026-01-01T00:00:00Z",
              "scores" : [ ],
              "curve" : [ ]
            }""");
  }

  @Test
  void aResultOfAVersionWithoutPackedFilesCounts() throws Exception {
    TrialResult older = json.read(older(""), TrialResult.class).orElseThrow();

    FinishedResult read = (FinishedResult) older;
    assertThat(read.packed()).isEmpty();
    assertThat(read.macs()).isNull();
    assertThat(read.bitOperations()).isNull();
  }

  @Test
  void aResultWithoutWhatEveryVersionWroteIsDamaged() throws Exception {
    for (String name : List.of("error", "weights", "versions", "finishedAt", "scores")) {
      assertThat(json.read(older(name), TrialResult.class)).as(name).isEmpty();
    }
  }

  private Path older(String without) throws Exception {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String text : List.of("trialId", "attempt", "device", "slot", "weightHash", "weights")) {
      fields.put(text, "\"x\"");
    }
    for (String number : List.of("steps", "seconds", "threads", "parameters", "packedBytes")) {
      fields.put(number, "6");
    }
    fields.put("error", "\"\"");
    fields.put("teacherHash", "\"\"");
    fields.put("versions", "{\"distillGrid\": \"0\", \"engine\": \"2\", \"java\": \"17\"}");
    fields.put("finishedAt", "\"2026-01-01T00:00:00Z\"");
    fields.put("scores", "[]");
    fields.put("curve", "[]");
    fields.remove(without);
    String body =
        fields.entrySet().stream()
            .map(field -> "\"" + field.getKey() + "\": " + field.getValue())
            .collect(Collectors.joining(", ", "{", "}"));
    return new Path(Files.writeString(folder.resolve("older.json"), body).toUri());
  }

  @Test
  void halfAFileIsNoResult() throws Exception {
    Files.writeString(folder.resolve("result.json"), "{\"trialId\": \"t1\", \"steps\": 6");

    assertThat(json.read(new Path(folder.resolve("result.json").toUri()), TrialResult.class))
        .isEmpty();
    assertThat(json.read(new Path(folder.resolve("absent.json").toUri()), TrialResult.class))
        .isEmpty();
  }
}
