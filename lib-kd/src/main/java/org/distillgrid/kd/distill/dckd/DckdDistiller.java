package org.distillgrid.kd.distill.dckd;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.distillgrid.kd.distill.Aliases;
import org.distillgrid.kd.distill.Distiller;
import org.distillgrid.kd.distill.Logits;
import org.distillgrid.kd.distill.LossTerms;
import org.distillgrid.kd.distill.StepTensors;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.nn.GradientMode;
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.perceptual.PerceptualEncoder;
import org.distillgrid.kd.weights.HostTensor;

/**
 * DCKD at work on one student. The encoder looks at the student's output once, on the tape, and at
 * the teacher's and the negatives off it.
 *
 * @param logits weight of L1(S, T)
 * @param contrastive the contrastive term, with its weight
 * @param distribution the mapping to the codebook, with its weight
 * @param encoder in whose features both are taken; absent if neither has a weight
 */
record DckdDistiller(
    double logits,
    Optional<Weighted<DckdContrast>> contrastive,
    Optional<Weighted<DistributionMapping>> distribution,
    Optional<PerceptualEncoder> encoder)
    implements Distiller {
  // The last level is that much smaller than the image.
  private static final int LEAST_SIDE = 1 << (PerceptualEncoder.LEVELS - 1);

  /**
   * Something and its weight in the loss.
   *
   * @param factor above 0
   * @param term what is weighted
   */
  record Weighted<T>(double factor, T term) {}

  /**
   * What the encoder sees in some images.
   *
   * @param levels features of each level
   * @param latent what maps to the codebook; absent where nothing asks for it
   */
  private record Seen(List<NDArray> levels, Optional<NDArray> latent) {}

  @Override
  public LossTerms loss(StepTensors tensors) {
    LossTerms terms = LossTerms.of("pixel", tensors.pixelLoss());
    if (logits > 0) {
      terms = terms.andPixelwise("logits", Logits.map(tensors, logits));
    }
    if (encoder.isPresent()) {
      requireSize(tensors.student().output().getShape());
      terms = withFeatures(terms, tensors, encoder.get());
    }
    return terms;
  }

  private LossTerms withFeatures(
      LossTerms terms, StepTensors tensors, PerceptualEncoder frozenEncoder) {
    NDArray output = tensors.student().output();
    try (NDManager scratch = output.getManager().newSubManager()) {
      NDArray wanted = Aliases.in(scratch, tensors.teacherOutput());
      Seen teacher = GradientMode.off(() -> seen(wanted, frozenEncoder));
      Seen student = seen(output, frozenEncoder);
      LossTerms more = terms;
      if (contrastive.isPresent()) {
        NDArray ratio = contrastive.get().term().of(tensors, student.levels(), teacher.levels());
        more = more.and("dckd_contrastive", Scaled.by(contrastive.get().factor(), ratio));
      }
      if (distribution.isPresent()) {
        NDArray entropy =
            distribution
                .get()
                .term()
                .crossEntropy(student.latent().orElseThrow(), teacher.latent().orElseThrow());
        more = more.and("dckd_distribution", Scaled.by(distribution.get().factor(), entropy));
      }
      return more;
    }
  }

  private Seen seen(NDArray images, PerceptualEncoder frozenEncoder) {
    if (distribution.isEmpty()) {
      return new Seen(frozenEncoder.levels(images), Optional.empty());
    }
    PerceptualEncoder.Encoding encoding = frozenEncoder.encode(images);
    return new Seen(encoding.levels(), Optional.of(encoding.latent()));
  }

  private static void requireSize(Shape images) {
    long height = images.get(2);
    long width = images.get(3);
    if (Math.min(height, width) < LEAST_SIDE) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot use method %s: its encoder needs images of at least %d×%d, not %d×%d",
          Dckd.NAME,
          LEAST_SIDE,
          LEAST_SIDE,
          height,
          width);
    }
  }

  @Override
  public void stepEnded(StepTensors tensors) {
    contrastive.ifPresent(weighted -> weighted.term().stepEnded(tensors));
  }

  @Override
  public Map<String, Double> observations() {
    return contrastive.map(weighted -> weighted.term().observations()).orElse(Map.of());
  }

  @Override
  public SortedMap<String, HostTensor> state() {
    return contrastive
        .map(weighted -> weighted.term().state())
        .orElse(Collections.emptySortedMap());
  }

  @Override
  public void restore(SortedMap<String, HostTensor> state) {
    contrastive.ifPresent(weighted -> weighted.term().restore(state));
  }

  @Override
  public void close() {
    contrastive.ifPresent(weighted -> weighted.term().close());
    distribution.ifPresent(weighted -> weighted.term().close());
  }
}
