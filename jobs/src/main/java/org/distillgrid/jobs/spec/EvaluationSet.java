package org.distillgrid.jobs.spec;

import java.io.Serializable;
import java.util.Optional;
import org.distillgrid.jobs.spec.binding.Key;
import org.distillgrid.kd.task.Judgement;

/** One test set. */
public record EvaluationSet(
    @Key(help = "the set's name in the tables") String name,
    @Key(help = "its ground-truth images: a folder, a file or a glob") String path,
    @Key(
            help =
                "planes that PSNR and SSIM compare: luma, all channels or one grey channel; null:"
                    + " what the task says",
            standard = "null")
        Optional<Judgement.ColorSpace> space,
    @Key(
            help = "pixels left out at each border of PSNR and SSIM; null: what the task says",
            standard = "null",
            least = 0,
            most = 10000)
        Optional<Integer> crop)
    implements Serializable {

  /**
   * Returns how its images are judged.
   *
   * @param ofTask how the task has them judged
   */
  public Judgement judgement(Judgement ofTask) {
    return new Judgement(space.orElse(ofTask.space()), crop.orElse(ofTask.cropPixels()));
  }

  /** Returns this set without what it says of its judgement that the task says as well. */
  public EvaluationSet differingFrom(Judgement ofTask) {
    return new EvaluationSet(
        name,
        path,
        space.filter(own -> own != ofTask.space()),
        crop.filter(own -> own != ofTask.cropPixels()));
  }
}
