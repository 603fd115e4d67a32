package org.distillgrid.kd.task;

import java.util.List;
import java.util.Set;
import org.apache.commons.rng.UniformRandomProvider;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.image.UnitRange;

/**
 * Taking rain out of an image, {@code rain-a20-d4-l20}. The clean image is what is stored; its rain
 * is drawn for every look at it and added, then clipped at white and rounded to 8 bits. Judged on
 * luma up to the border; networks of one channel restore luma. Source: ours; as in synthetic sets
 * of the field, rain is white streaks that are added.
 */
public final class Rain implements TaskFamily {
  private static final String NAME = "rain";
  private static final String DENSITY = "d";
  private static final String LENGTH = "l";
  private static final String TILT = "a";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String help() {
    return "removal of rain: streaks of length l cover d percent, tilted by up to a degrees";
  }

  @Override
  public List<TaskOption> options() {
    return List.of(
        new TaskOption(DENSITY, "percent of the image that streaks cover, on average", 4, 0.1, 50),
        new TaskOption(LENGTH, "length of the streaks in pixels, on average", 20, 4, 100),
        new TaskOption(
            TILT, "greatest angle of the streaks to the vertical in degrees", 20, 0, 90));
  }

  @Override
  public Set<Integer> scales() {
    return Set.of(1);
  }

  @Override
  public Task task(TaskName name, int scale) {
    return new Deraining(
        name.canonical(), name.number(DENSITY), name.number(LENGTH), name.number(TILT));
  }

  private record Deraining(String name, double density, double length, double tilt)
      implements Task {
    private static final long serialVersionUID = 1L;

    @Override
    public float[] input(PlanarImage stored, UniformRandomProvider draws) {
      Streaks streaks = Streaks.drawn(density / 100, length, tilt, draws);
      return UnitRange.of(streaks.over(stored, draws));
    }

    @Override
    public Judgement judgement() {
      return new Judgement(Judgement.ColorSpace.Y, 0);
    }
  }
}
