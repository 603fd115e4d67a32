package org.distillgrid.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.distillgrid.jobs.cluster.MemoryNeed;
import org.distillgrid.jobs.spec.Catalog;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.spec.SpecFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestGridMemory {
  private static final String EIGHT =
      """
      name: tiny
      data: {train: [train], patch: 64, stride: 64}
      teacher: {model: edsr-c8-b2, train: {steps: 1, batch: 2}}
      grid:
        student: [edsr-c4-b1]
        bits: [fp, w8a8, w4a4, w2a2]
        method: [none, logits]
      train: {pretrain: {steps: 1, batch: 2}, steps: 1, batch: 2}
      evaluate:
        memory: 1
        sets: [{name: five, path: test}]
      """;

  @TempDir Path folder;

  @Test
  void growsWithTheBatchAndThePatch() {
    long small = tensors("train.batch=64");

    // Weights are next to nothing here: twice the pixels take twice as much.
    assertThat(tensors("train.batch=128")).isBetween(small * 19 / 10, small * 21 / 10);
    assertThat(tensors("train.batch=64", "data.patch=128"))
        .isBetween(small * 38 / 10, small * 42 / 10);
  }

  @Test
  void growsWithTheLargestWindowsOfAStep() {
    String[] windows = {"data.patch=128", "data.crop=random", "data.window=64", "train.batch=64"};
    long patches = tensors("train.batch=64");

    // Windows of 64 pixels take what patches of as many do, however large patches are now.
    assertThat(tensors(windows)).isEqualTo(patches);
    String[] growing = Arrays.copyOf(windows, windows.length + 1);
    growing[windows.length] =
        "train.progressive=[{from: 0, window: 32, batch: 8}, {from: 0.2, window: 128, batch: 32},"
            + " {from: 0.6, window: 64, batch: 1}]";
    assertThat(tensors(growing)).isBetween(patches * 19 / 10, patches * 21 / 10);
  }

  @Test
  void theDearestOfAllOrdersCounts() {
    long trials = tensors("train.batch=64");

    assertThat(tensors("train.batch=64", "teacher.train.batch=256")).isGreaterThan(trials);
    assertThat(tensors("train.batch=64", "train.pretrain.batch=512")).isGreaterThan(trials);
    assertThat(tensors("train.batch=64", "grid.bits=[fp]")).isLessThan(trials);
    assertThat(tensors("train.batch=64", "grid.method=[none]")).isLessThan(trials);
    assertThat(tensors("train.batch=64", "grid.method=[fakd]")).isGreaterThan(trials);
    assertThat(tensors("train.batch=64", "grid.method=[csd]")).isGreaterThan(trials);
    assertThat(tensors("evaluate.memory=1000")).isGreaterThan(tensors());
    long alex = tensors("evaluate.memory=9999", "evaluate.lpips=" + lpips("alex"));
    assertThat(alex).isGreaterThan(tensors("evaluate.memory=9999"));
    assertThat(tensors("evaluate.memory=9999", "evaluate.lpips=" + lpips("vgg")))
        .isGreaterThan(alex);
  }

  private static String lpips(String backbone) {
    return "{backbone: " + backbone + ", features: /f.pth, linear: /l.pth}";
  }

  @Test
  void trialsThatShareAProcessKeepTheirWeightsThere() {
    String wide = "grid.student=[edsr-c64-b4]";
    long alone = memory(wide).need(8).total();
    long shared = memory(wide).need(1).total();

    assertThat(shared).isGreaterThan(alone);
    assertThat(memory(wide, "cluster.cohort=1").need(1).total()).isEqualTo(alone);
  }

  @Test
  void knowsHowManyProcessesHaveWork() {
    RunSpec spec = spec();
    assertThat(memory().useful()).isEqualTo(8);
    assertThat(GridMemory.ofTeacher(spec, Catalog.load()).useful()).isEqualTo(1);
    assertThat(GridMemory.ofScore(spec, Catalog.load()).useful()).isGreaterThan(1000);
    MemoryNeed taught = GridMemory.ofTeacher(spec, Catalog.load()).need(4);
    assertThat(taught.tensorBytes()).isPositive();
  }

  private long tensors(String... overrides) {
    return memory(overrides).need(8).tensorBytes();
  }

  private GridMemory memory(String... overrides) {
    return GridMemory.ofRun(spec(overrides), Catalog.load());
  }

  private RunSpec spec(String... overrides) {
    return SpecFolder.in(folder).read(EIGHT, overrides);
  }
}
