package org.distillgrid.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.distillgrid.jobs.fleet.RunInputs;
import org.distillgrid.jobs.fleet.agenda.Cost;
import org.distillgrid.jobs.folder.RunFolder;
import org.distillgrid.jobs.plan.GridExpansion;
import org.distillgrid.jobs.plan.Trial;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.spec.SpecFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestWorkCosts {
  @TempDir Path folder;

  @Test
  void countsThePixelsThatStepsSee() {
    Cost whole = cost();

    assertThat(relative(whole, cost("train.steps=200"))).isEqualTo(2, within(1e-9));
    // Windows of half the side have a quarter of the pixels.
    assertThat(relative(whole, cost("data.crop=random", "data.window=48")))
        .isEqualTo(0.25, within(1e-9));
    // Half of the steps take a quarter of the pixels each, the others all of half as many patches.
    assertThat(
            relative(
                whole,
                cost(
                    "data.crop=random",
                    "data.window=32",
                    "train.progressive=[{from: 0, window: 48, batch: 16}, {from: 0.5, window: 96,"
                        + " batch: 8}]")))
        .isEqualTo((0.25 + 0.5) / 2, within(1e-9));
  }

  @Test
  void countsTheTestImagesAtTheEnd() {
    Cost without = cost("train.batch=4");
    Cost with = cost(10L * 96 * 96, "train.batch=4");

    // A step is three passes over four patches.
    assertThat(with.last()).isEqualTo(without.own() / (100 * 4 * 3) * 10, within(1e-3));
    assertThat(with.own()).isEqualTo(without.own() + with.last(), within(1e-3));
    assertThat(with.shared()).isEqualTo(without.shared());
    assertThat(without.last()).isZero();
  }

  private static double relative(Cost whole, Cost other) {
    assertThat(other.shared() / whole.shared()).isEqualTo(other.own() / whole.own(), within(1e-9));
    return other.own() / whole.own();
  }

  private Cost cost(String... overrides) {
    return cost(0, overrides);
  }

  private Cost cost(long testPixels, String... overrides) {
    String least =
        SpecFolder.LEAST + "teacher: {model: edsr-c8-b2, predict: batch}\ntrain: {steps: 100}\n";
    String yaml = least.replace("[edsr-c16-b4]", "[edsr-c4-b1]\n  method: [logits]");
    RunSpec spec = SpecFolder.in(folder).read(yaml, overrides);
    Trial trial = GridExpansion.expand(spec, Catalog.load()).trials().get(0);
    RunFolder run = RunFolder.of(folder.resolve("run").toString(), new Configuration());
    RunInputs inputs = RunInputs.begun(spec, Catalog.load(), run, "da7a", List.of());
    return new WorkCosts(inputs, testPixels).trial(trial);
  }
}
