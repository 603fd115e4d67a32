package org.distillgrid.kd.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.distillgrid.kd.difficulty.PatchDifficulty;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.MatlabBicubic;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.image.UnitRange;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.task.SuperResolution;
import org.distillgrid.kd.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TestPatchScorer {
  private static final Task TASK = new SuperResolution(2);

  private NDManager manager;
  private Network teacher;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
    teacher = Network.build("edsr-c4-b1", new ModelTarget(3, 2), Draws.of("t"), manager);
  }

  @AfterEach
  void close() {
    manager.close();
  }

  @Test
  void takesBicubicForAnAbsentStudent() {
    PatchPair noise = patch("noise", 3, 32);
    PatchDifficulty scored =
        PatchScorer.withoutStudent(TASK, teacher).score(List.of(patch("x", 3, 32), noise)).get(1);
    float[] restored = UnitRange.of(MatlabBicubic.upscale(noise.input(), 2));
    float[] target = UnitRange.of(noise.target());
    double error = 0;
    for (int i = 0; i < target.length; i++) {
      error += Math.abs(restored[i] - target[i]) / target.length;
    }
    assertThat(scored.studentError().mean()).isCloseTo(error, within(1e-5));
    assertThat(scored.pixelVariance().mean()).isBetween(0.05, 0.12);
    assertThat(scored.laplacianVariance().mean()).isPositive();
    assertThat(scored.teacherGap().mean()).isPositive();
  }

  @Test
  void seesNoGapBetweenATeacherAndItself() {
    PatchScorer scorer = PatchScorer.of(TASK, teacher, teacher);
    PatchDifficulty scored = scorer.score(List.of(patch("a", 3, 16))).get(0);
    assertThat(scored.teacherGap().cells()).containsOnly(0f);
    assertThat(scored.studentError().mean()).isPositive();
  }

  @Test
  void scoresAPatchAlikeInEveryBatch() {
    PatchScorer scorer = PatchScorer.withoutStudent(TASK, teacher);
    PatchPair patch = patch("a", 3, 16);
    PatchDifficulty alone = scorer.score(List.of(patch)).get(0);
    PatchDifficulty together = scorer.score(List.of(patch("b", 3, 16), patch)).get(1);
    assertThat(together.teacherGap().cells())
        .containsExactly(alone.teacherGap().cells(), within(1e-6f));
  }

  @Test
  void refusesWhatDoesNotFit() {
    PatchScorer scorer = PatchScorer.withoutStudent(TASK, teacher);
    assertThatThrownBy(() -> scorer.score(List.of(patch("grey", 1, 16))))
        .isInstanceOf(GridException.class)
        .hasMessage("Cannot score patch grey: the teacher restores images of 3 channels, it has 1");
    assertThatThrownBy(() -> scorer.score(List.of(patch("a", 3, 16), patch("b", 3, 18))))
        .hasMessage("Cannot score patch b: its sizes differ from those of patch a");
    assertThat(scorer.score(List.of())).isEmpty();
  }

  private static PatchPair patch(String id, int channels, int side) {
    UniformRandomProvider draws = Draws.of("patch").at(0, id);
    byte[] samples = new byte[channels * side * side];
    draws.nextBytes(samples);
    PlanarImage target = new PlanarImage(channels, side, side, samples);
    return new PatchPair(id, MatlabBicubic.downscale(target, 2), target);
  }
}
