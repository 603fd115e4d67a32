package org.distillgrid.kd.eval;

import java.util.ArrayList;
import java.util.List;
import org.distillgrid.kd.distill.PatchMaps;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.weights.HostTensor;

/**
 * Shows where in a patch a method distils: the input, the signals that the method looks at (black
 * 0, white 1), and its weights (black 0, mid-grey the mean 1, white 2 and more).
 */
public final class WeightMapSheet {
  private static final String WEIGHT = "weight";
  private static final int ZOOM = 2;
  private static final int WHITE = 255;

  private WeightMapSheet() {}

  /** Draws the sheet of a square patch. */
  public static PlanarImage draw(PatchMaps maps) {
    int side = maps.input().height() * maps.scale();
    List<CropSheet.Panel> panels = new ArrayList<>();
    panels.add(new CropSheet.Panel("input", maps.input(), maps.scale()));
    maps.byCaption()
        .forEach(
            (caption, map) ->
                panels.add(new CropSheet.Panel(caption, grey(map, white(caption), side), 1)));
    return new CropSheet(0, 0, side, ZOOM).draw(panels);
  }

  private static float white(String caption) {
    if (caption.equals(WEIGHT)) {
      return 2;
    }
    return 1;
  }

  private static PlanarImage grey(HostTensor map, float white, int side) {
    int rows = (int) map.shape()[2];
    int columns = (int) map.shape()[3];
    byte[] samples = new byte[side * side];
    for (int i = 0; i < samples.length; i++) {
      int row = i / side * rows / side;
      int column = i % side * columns / side;
      float level = map.values()[row * columns + column] / white;
      samples[i] = (byte) Math.round(WHITE * Math.max(0, Math.min(1, level)));
    }
    return new PlanarImage(1, side, side, samples);
  }
}
