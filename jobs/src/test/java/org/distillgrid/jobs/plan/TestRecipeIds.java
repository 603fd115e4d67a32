package org.distillgrid.jobs.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.distillgrid.jobs.predict.PredictionPlan;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.spec.SpecFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recipe is part of what it trains: of trials, full-precision students, teachers, encoders. */
class TestRecipeIds {
  private static final ContentKeys KEYS = new ContentKeys("da7a", "7eac4e5", "e4c0de5");
  private static final List<String> PARTS =
      List.of(
          "schedule=cosine",
          "warmUp=5",
          "optimizer=adamw",
          "betas=[0.9, 0.999]",
          "weightDecay=0.1",
          "clip=0.5",
          "loss=mse",
          "loss=psnr",
          "progressive=[{from: 0, window: 48, batch: 16}]");

  @TempDir Path folder;

  @Test
  void everyPartMakesAnotherTrial() {
    Set<String> ids = new HashSet<>();
    ids.add(id());
    PARTS.forEach(part -> ids.add(id("train." + part)));
    PARTS.forEach(part -> ids.add(id("train.pretrain." + part)));
    ids.add(id("train.schedule=cosine", "train.leastRate=1e-6"));
    ids.add(id("train.schedule=cosine", "train.cosineFrom=0.5"));
    ids.add(id("data.window=32"));
    ids.add(id("train.progressive=[{from: 0, window: 48, batch: 8}]"));

    assertThat(ids).hasSize(2 * PARTS.size() + 5);
  }

  @Test
  void whatIsSetToItsStandardMakesNone() {
    assertThat(
            id(
                "train.schedule=step",
                "train.warmUp=0",
                "train.optimizer=adam",
                "train.betas=[0.9, 0.99]",
                "train.clip=null",
                "train.loss=l1",
                "train.progressive=[]"))
        .isEqualTo(id());
  }

  @Test
  void whatACosineDoesNotReadMakesNone() {
    assertThat(id("train.schedule=cosine", "train.decay=0.3", "train.decayAt=[0.1]"))
        .isEqualTo(id("train.schedule=cosine"));
  }

  @Test
  void windowsChangeWithEveryStepSoNothingIsPredicted() {
    List<String> seen = new ArrayList<>();
    for (String crop : List.of("grid", "random")) {
      RunSpec spec = spec(crop);
      TrialPlan plan = GridExpansion.expand(spec, Catalog.load());
      seen.add(plan.predicted().size() + " " + new PredictionPlan(spec, plan).text());
    }

    assertThat(seen.get(0)).startsWith("1 ").contains("for each 1,000 patches");
    assertThat(seen.get(1))
        .isEqualTo("0 none, as the teacher sees another window at each step (data.crop: random)");
  }

  private String id(String... overrides) {
    RunSpec spec = spec("random", overrides);
    return GridExpansion.expand(spec, Catalog.load()).trials().get(0).id(KEYS);
  }

  private RunSpec spec(String crop, String... overrides) {
    List<String> all = new ArrayList<>(List.of("teacher.model=edsr", "grid.method=logits"));
    if (crop.equals("random")) {
      all.add("data.crop=random");
    }
    all.addAll(List.of(overrides));
    if (crop.equals("random") && all.stream().noneMatch(each -> each.startsWith("data.window"))) {
      all.add("data.window=48");
    }
    return SpecFolder.in(folder).read(SpecFolder.LEAST, all.toArray(String[]::new));
  }
}
