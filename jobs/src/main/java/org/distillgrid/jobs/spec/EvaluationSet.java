package org.distillgrid.jobs.spec;

import java.util.Optional;
import org.distillgrid.jobs.spec.binding.Inlined;
import org.distillgrid.jobs.spec.binding.Key;
import org.distillgrid.jobs.spec.binding.Naming;
import org.distillgrid.kd.task.Judgement;

/**
 * One test set.
 *
 * @param images its images, whose keys stand beside its name
 */
public record EvaluationSet(
    @Naming(Naming.Kind.SHOWN) @Key(help = "the set's name in the tables") String name,
    @Inlined ImageSource images,
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
        Optional<Integer> crop) {
  /** Makes a set of ground truths that is judged as the task says. */
  public EvaluationSet(String name, String path) {
    this(name, ImageSource.at(path), Optional.empty(), Optional.empty());
  }

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
        images,
        space.filter(own -> own != ofTask.space()),
        crop.filter(own -> own != ofTask.cropPixels()));
  }
}
