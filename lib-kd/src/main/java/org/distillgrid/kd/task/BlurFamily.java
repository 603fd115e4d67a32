package org.distillgrid.kd.task;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;

/**
 * Deblurring: by a Gaussian, {@code blur-g1.6}, or by a straight motion, {@code blur-m15}, whose
 * direction is drawn for each image unless an angle says it, {@code blur-m15-a30}.
 */
public final class BlurFamily implements TaskFamily {
  private static final String NAME = "blur";
  private static final String GAUSSIAN = "g";
  private static final String MOTION = "m";
  private static final String ANGLE = "a";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String help() {
    return "deblurring: of a Gaussian (g), or of a straight motion (m) in a drawn direction";
  }

  @Override
  public List<TaskOption> options() {
    return List.of(
        TaskOption.optional(GAUSSIAN, "standard deviation of a Gaussian in pixels", 0.2, 20),
        TaskOption.optional(MOTION, "length of a straight motion in pixels", 2, 100),
        TaskOption.optional(
            ANGLE, "direction of the motion, degrees from the horizontal upwards", 0, 180));
  }

  @Override
  public Set<Integer> scales() {
    return Set.of(1);
  }

  @Override
  public Task task(TaskName name, int scale) {
    OptionalDouble sigma = name.given(GAUSSIAN);
    OptionalDouble length = name.given(MOTION);
    OptionalDouble angle = name.given(ANGLE);
    if (sigma.isPresent() == length.isPresent()) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot set task %s: it takes either g or m (blur-g1.6, blur-m15)",
          name.canonical());
    }
    if (sigma.isPresent()) {
      requireNoAngle(name, angle);
      return new FixedBlur(name.canonical(), new Blur.Gaussian(sigma.getAsDouble()));
    }
    if (angle.isPresent()) {
      Blur blur = new Blur.Motion(length.getAsDouble(), angle.getAsDouble());
      return new FixedBlur(name.canonical(), blur);
    }
    return new DrawnMotionBlur(name.canonical(), length.getAsDouble());
  }

  private static void requireNoAngle(TaskName name, OptionalDouble angle) {
    if (angle.isPresent()) {
      throw GridException.of(
          ErrorCode.USAGE, "Cannot set task %s: only a motion (m) has an angle", name.canonical());
    }
  }
}
