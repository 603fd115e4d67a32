package org.distillgrid.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.distillgrid.jobs.journal.FinishedResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A grid over windows that grow, by another recipe than the standard one, from end to end. */
class TestRecipeRun {
  private static final String[] RECIPE = {
    "data.patch=64",
    "data.stride=64",
    "data.crop=random",
    "data.window=32",
    "teacher.train.progressive=[{from: 0, window: 32, batch: 2}, {from: 0.5, window: 48, batch: 1}]",
    "teacher.train.optimizer=adamw",
    "teacher.train.weightDecay=1e-4",
    "teacher.train.clip=0.01",
    "teacher.train.schedule=cosine",
    "teacher.train.warmUp=2",
    "train.pretrain.loss=psnr",
    "train.loss=charbonnier",
    "train.progressive=[{from: 0, window: 32, batch: 2}, {from: 0.6, window: 64, batch: 1}]",
    "grid.method=[none, logits]",
    "grid.include=[]"
  };

  @TempDir Path folder;

  @Test
  void trainsAndResumesWhatItsPlanSays() throws IOException {
    try (TinyRun tiny = new TinyRun(folder)) {
      TinyRun.Outcome plan = tiny.run("plan", RECIPE);
      assertThat(plan.out())
          .contains(
              "edsr-c4-b1, trained for 4 steps of 2 windows of 32 pixels, in the end 1 window of 48 pixels")
          .contains("6 steps of 2 windows of 32 pixels, in the end 1 window of 64 pixels each")
          .contains("none, as the teacher sees another window at each step")
          .containsPattern("teacher passes +6 \\(one cohort a seed\\) to 12");
      TinyRun.Outcome first = tiny.run("run", RECIPE);
      assertThat(first.status()).as(first.out() + first.err()).isZero();
      Set<String> hashes = hashes(tiny);
      assertThat(hashes).hasSize(4);
      TinyRun.Outcome again = tiny.run("run", RECIPE);
      assertThat(again.status()).as(again.out() + again.err()).isZero();
      assertThat(again.out()).contains("Trials: 4, 4 finished before, 0 to train");
      assertThat(hashes(tiny)).isEqualTo(hashes);
    }
  }

  private static Set<String> hashes(TinyRun tiny) throws IOException {
    return tiny.finished("run").values().stream()
        .map(FinishedResult::weightHash)
        .collect(Collectors.toSet());
  }
}
