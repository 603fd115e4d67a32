package org.distillgrid.kd.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import java.util.Arrays;
import java.util.List;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.task.Pairs;
import org.distillgrid.kd.task.Task;
import org.distillgrid.kd.train.patches.NoPatches;
import org.distillgrid.kd.train.patches.PatchSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TestValidation {
  private static final int SIDE = 12;
  private static final Task TASK = new Pairs(1);

  private final NDManager manager = NDManager.newBaseManager();
  private final Network network =
      Network.build("dncnn-c4-d3", new ModelTarget(1, 1), Draws.of("network"), manager);

  @AfterEach
  void close() {
    network.close();
    manager.close();
  }

  /** An image's error is that of all its patches, its decibels are one of the mean's numbers. */
  @Test
  void takesTheMeanOverImagesOfThePsnrOfTheirPatchesTogether() {
    PatchSource patches = ofImages(List.of(0, 1, 0), List.of(3, 40, 90));
    double[] error = new double[3];
    for (int i = 0; i < 3; i++) {
      double alone = psnr(ofImages(List.of(i), List.of(List.of(3, 40, 90).get(i))));
      error[i] = 255 * 255 / Math.pow(10, alone / 10);
    }
    double first = 10 * Math.log10(255 * 255 / ((error[0] + error[2]) / 2));
    double second = 10 * Math.log10(255 * 255 / error[1]);

    assertThat(error[0]).isNotCloseTo(error[2], within(100.0));
    assertThat(psnr(patches)).isCloseTo((first + second) / 2, within(1e-9));
  }

  @Test
  void takesEveryPatchForAnImageWhereTheSourceKnowsNone() {
    PatchSource known = ofImages(List.of(0, 1), List.of(3, 90));
    PatchSource unknown = Cohorts.source(List.of(known.pair(0), known.pair(1)));

    assertThat(psnr(unknown)).isEqualTo(psnr(known));
  }

  @Test
  void isNoNumberWithoutPatches() {
    assertThat(psnr(new NoPatches())).isNaN();
  }

  private double psnr(PatchSource patches) {
    return new Validation(patches, TASK, 0).psnr(network, manager);
  }

  /** Patches of one brightness, whose targets are brighter by so much. */
  private static PatchSource ofImages(List<Integer> images, List<Integer> brighter) {
    return new PatchSource() {
      @Override
      public int size() {
        return images.size();
      }

      @Override
      public int image(int index) {
        return images.get(index);
      }

      @Override
      public Pair pair(int index) {
        return new Pair(flat(100), flat(100 + brighter.get(index)));
      }
    };
  }

  private static PlanarImage flat(int brightness) {
    byte[] samples = new byte[SIDE * SIDE];
    Arrays.fill(samples, (byte) brightness);
    return new PlanarImage(1, SIDE, SIDE, samples);
  }
}
