package org.distillgrid.kd.eval;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import java.util.Optional;
import org.distillgrid.kd.distill.Distiller;
import org.distillgrid.kd.distill.DistillerContext;
import org.distillgrid.kd.distill.MethodSum;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.task.SuperResolution;
import org.junit.jupiter.api.Test;

class TestWeightMapSheet {
  private static final int SIDE = 32;
  private static final ModelTarget TARGET = new ModelTarget(3, 2);

  @Test
  void aSheetHasSixPanels() {
    PlanarImage sheet = draw("spark(control=uniform)").orElseThrow();
    int panel = 2 * SIDE + 6;
    assertThat(sheet.width()).isEqualTo(6 * panel - 6);
    // The left half of the target is flat, the right half is not.
    int row = SIDE;
    assertThat(sheet.at(0, row, panel + 8)).as("laplacian, flat").isZero();
    assertThat(sheet.at(0, row, panel + 56)).as("laplacian, textured").isGreaterThan(100);
    assertThat(sheet.at(0, row, 5 * panel + 30)).as("weight 1").isEqualTo(128);
  }

  @Test
  void aMethodWithoutWeightsHasNone() {
    assertThat(draw("logits")).isEmpty();
  }

  private static Optional<PlanarImage> draw(String method) {
    try (NDManager manager = NDManager.newBaseManager();
        Network student = Network.build("edsr-c4-b1", TARGET, Draws.of("student"), manager);
        Network teacher = Network.build("edsr-c4-b1", TARGET, Draws.of("teacher"), manager)) {
      DistillerContext context =
          new DistillerContext(
              student.architecture(),
              Optional.of(teacher.architecture()),
              10,
              Draws.of("trial"),
              manager);
      SuperResolution task = new SuperResolution(2);
      PlanarImage target = target();
      PatchPair patch = new PatchPair("patch", task.degrade(target), target);
      try (Distiller distiller = MethodSum.parse(method).distiller(context)) {
        return new WeightMapSheet(task, student.architecture(), teacher.architecture(), distiller)
            .draw(patch, 5, manager);
      }
    }
  }

  private static PlanarImage target() {
    byte[] samples = new byte[3 * SIDE * SIDE];
    for (int i = 0; i < samples.length; i++) {
      int column = i % SIDE;
      samples[i] = 100;
      if (column >= SIDE / 2 && (column + i / SIDE) % 3 == 0) {
        samples[i] = 20;
      }
    }
    return new PlanarImage(3, SIDE, SIDE, samples);
  }
}
