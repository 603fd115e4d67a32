package org.distillgrid.jobs.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.distillgrid.jobs.table.RunFiles;
import org.distillgrid.kd.train.CurvePoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestTrialResult {
  @TempDir java.nio.file.Path folder;

  private final JsonFiles json = new JsonFiles(new RunFiles(new Configuration()));

  @Test
  void survivesAFileIncludingInfinitePsnr() {
    TrialResult result =
        new TrialResult(
            "t1",
            "a1",
            "",
            600,
            12.5,
            "gpu:0",
            "host/1/0",
            1,
            100,
            50,
            7_000_000_000L,
            112_000_000_000L,
            "ff00",
            "attempts/t1/a1/weights.safetensors",
            "attempts/t1/a1/packed.safetensors",
            "00ff",
            new TrialResult.Versions("1", "2", "17"),
            "2026-01-01T00:00:00Z",
            List.of(new ImageScore("Set5", "a.png", Double.POSITIVE_INFINITY, 1, "Y", 2)),
            List.of(new CurvePoint(100, "loss/l1", 0.25)));
    Path path = new Path(folder.resolve("result.json").toUri());

    json.write(path, result);

    assertThat(json.read(path, TrialResult.class)).contains(result);
    assertThat(result.finished()).isTrue();
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
