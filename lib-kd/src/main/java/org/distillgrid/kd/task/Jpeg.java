package org.distillgrid.kd.task;

import java.util.List;
import java.util.Set;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.image.jpeg.JpegLoss;
import org.distillgrid.kd.registry.NameOptions;

/**
 * Taking the artefacts of JPEG out of an image, {@code jpeg-q10}, {@code q20}, {@code q30}, {@code
 * q40}. The whole image is compressed before patches are cut, so that blocks lie in them as in an
 * image that is restored. Networks of one channel restore rounded luma, compressed as a grey image:
 * the field's protocol. Judged on luma up to the border.
 */
public final class Jpeg implements TaskFamily {
  private static final String NAME = "jpeg";
  private static final String QUALITY = "q";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String help() {
    return "removal of the artefacts of JPEG of quality q, colour as 4:2:0, grey as luma";
  }

  @Override
  public List<TaskOption> options() {
    return List.of(new TaskOption(QUALITY, "quality of the JPEG file, whole", 10, 10, 95));
  }

  @Override
  public Set<Integer> scales() {
    return Set.of(1);
  }

  @Override
  public Task task(TaskName name, int scale) {
    double quality = name.number(QUALITY);
    if (quality != Math.rint(quality)) {
      throw GridException.of(
          ErrorCode.USAGE, "Cannot set task %s: q must be a whole number", name.canonical());
    }
    return new Deblocking((int) quality);
  }

  private record Deblocking(int quality) implements StoredInput {
    private static final long serialVersionUID = 1L;

    @Override
    public String name() {
      return NAME + "-" + QUALITY + NameOptions.written(quality);
    }

    @Override
    public PlanarImage degrade(PlanarImage aligned) {
      return JpegLoss.ofQuality(quality).of(aligned);
    }

    @Override
    public Judgement judgement() {
      return new Judgement(Judgement.ColorSpace.Y, 0);
    }
  }
}
