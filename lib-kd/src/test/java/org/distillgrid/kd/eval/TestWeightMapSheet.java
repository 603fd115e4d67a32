package org.distillgrid.kd.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.distillgrid.kd.distill.PatchMaps;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.weights.HostTensor;
import org.junit.jupiter.api.Test;

class TestWeightMapSheet {
  private static final int SIDE = 32;

  @Test
  void aSheetHasTheInputAndEveryMap() {
    Map<String, HostTensor> maps = new LinkedHashMap<>();
    maps.put("laplacian", new HostTensor(new long[] {1, 1, 2, 2}, new float[] {0, 1, 0.5f, 0}));
    maps.put("weight", new HostTensor(new long[] {1, 1, 1, 2}, new float[] {1, 3}));
    byte[] samples = new byte[3 * SIDE / 2 * SIDE / 2];
    samples[1] = 77;
    PlanarImage input = new PlanarImage(3, SIDE / 2, SIDE / 2, samples);

    PlanarImage sheet = WeightMapSheet.draw(new PatchMaps(input, 2, maps));

    int panel = 2 * SIDE + 6;
    int half = SIDE;
    assertThat(sheet.width()).isEqualTo(3 * panel - 6);
    // An input's pixel is two of the target's, and each of those is drawn twice as large.
    assertThat(sheet.at(0, 0, 3)).isZero();
    assertThat(sheet.at(0, 3, 4)).isEqualTo(77);
    assertThat(sheet.at(0, half - 1, panel + half - 1)).as("first cell").isZero();
    assertThat(sheet.at(0, half - 1, panel + half)).as("second cell").isEqualTo(255);
    assertThat(sheet.at(0, half, panel + half - 1)).as("third cell").isEqualTo(128);
    assertThat(sheet.at(0, 0, 2 * panel)).as("weight 1").isEqualTo(128);
    assertThat(sheet.at(0, 0, 2 * panel + half)).as("weight 3").isEqualTo(255);
  }
}
