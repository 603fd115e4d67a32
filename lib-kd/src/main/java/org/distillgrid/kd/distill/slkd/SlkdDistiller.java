package org.distillgrid.kd.distill.slkd;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.distillgrid.kd.distill.Aliases;
import org.distillgrid.kd.distill.Distiller;
import org.distillgrid.kd.distill.DistillerContext;
import org.distillgrid.kd.distill.Logits;
import org.distillgrid.kd.distill.LossTerms;
import org.distillgrid.kd.distill.StepTensors;
import org.distillgrid.kd.distill.feature.FeaturePair;
import org.distillgrid.kd.distill.feature.TapPoints;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.Conv2d;
import org.distillgrid.kd.nn.GradientMode;
import org.distillgrid.kd.nn.InputRange;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.nn.Pass;
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.nn.block.AveragePool;

/**
 * {@link Slkd} at work. Of K points the first half, rounded up, is the encoder and the last half,
 * rounded up, the decoder. A term that has no weight computes nothing.
 */
final class SlkdDistiller implements Distiller {
  static final String DIVERGENCE = "slkd_divergence";
  static final String REMOVAL = "slkd_removal";
  static final String RECONSTRUCTION = "slkd_reconstruction";

  /**
   * What a name can set.
   *
   * @param logits weight of L1(S, T)
   * @param divergence weight of KL(T ‖ S)
   * @param removal weight of the encoder's statistics
   * @param reconstruction weight of the decoder's edges and texture
   * @param points pairs of features
   * @param block side of a block of texture
   */
  record Constants(
      double logits,
      double divergence,
      double removal,
      double reconstruction,
      int points,
      int block) {}

  private final Constants constants;
  private final Architecture teacher;
  private final TapPoints points;
  private final Kernels kernels;
  private final NaturalStatistics statistics;
  private final EdgeTexture extractor;
  private final ParameterSet parameters = new ParameterSet();
  private final List<Conv2d> scales = new ArrayList<>();

  SlkdDistiller(DistillerContext context, Constants constants) {
    this.constants = constants;
    this.teacher = context.teacherOf(Slkd.NAME);
    this.points = TapPoints.of(Slkd.NAME, context, constants.points());
    this.kernels = new Kernels(context.manager());
    LocalContrast contrast = new LocalContrast(kernels, teacher.range());
    this.statistics = new NaturalStatistics(contrast);
    this.extractor = new EdgeTexture(contrast, constants.block());
    LayerFactory layers =
        LayerFactory.into(parameters, new ArrayList<>(), context.draws()).under(Slkd.NAME);
    for (int k = 0; k < points.count(); k++) {
      int from = context.student().width(points.student().get(k));
      int to = teacher.width(points.teacher().get(k));
      scales.add(layers.conv(Integer.toString(k), from, to, 1, InputRange.SIGNED));
    }
    parameters.open(context.manager());
  }

  @Override
  public List<ParameterSet> trainedWithStudent() {
    return List.of(parameters);
  }

  @Override
  public LossTerms loss(StepTensors tensors) {
    NDArray map = Logits.map(tensors, constants.logits());
    LossTerms terms = LossTerms.of("pixel", tensors.pixelLoss()).andPixelwise("logits", map);
    if (constants.divergence() > 0) {
      terms = terms.and(DIVERGENCE, Scaled.by(constants.divergence(), divergence(tensors)));
    }
    if (constants.removal() > 0) {
      terms = terms.and(REMOVAL, Scaled.by(constants.removal(), removal(tensors)));
    }
    if (constants.reconstruction() > 0) {
      NDArray sum = reconstruction(tensors);
      terms = terms.and(RECONSTRUCTION, Scaled.by(constants.reconstruction(), sum));
    }
    return terms;
  }

  /** Returns KL(T ‖ S) of what each channel's pixels have of its softmax, the channels' mean. */
  private static NDArray divergence(StepTensors tensors) {
    NDArray student = tensors.student().output();
    Shape shape = student.getShape();
    Shape rows = new Shape(shape.get(0) * shape.get(1), shape.get(2) * shape.get(3));
    NDArray wanted = Aliases.in(student.getManager(), tensors.teacherOutput()).reshape(rows);
    NDArray known = wanted.logSoftmax(1);
    NDArray found = student.reshape(rows).logSoftmax(1);
    return known.exp().mul(known.sub(found)).sum(new int[] {1}).mean();
  }

  private NDArray removal(StepTensors tensors) {
    List<FeaturePair> pairs = points.pairs(tensors);
    return IntStream.range(0, half())
        .mapToObj(
            k -> {
              NDArray student = scales.get(k).forward(pairs.get(k).student());
              NDArray taught = teacher(student, pairs.get(k));
              NDArray wanted = GradientMode.off(() -> statistics.of(taught));
              return statistics.of(student).sub(wanted).abs().mean();
            })
        .reduce(NDArray::add)
        .orElseThrow();
  }

  private NDArray reconstruction(StepTensors tensors) {
    NDArray clean = clean(tensors);
    Pass pass = GradientMode.off(() -> Pass.of(teacher, clean));
    StepTensors taught =
        new StepTensors(
            tensors.step(),
            tensors.input(),
            tensors.target(),
            tensors.student(),
            Optional.of(pass));
    List<FeaturePair> pairs = points.pairs(taught);
    return IntStream.range(points.count() - half(), points.count())
        .mapToObj(
            k -> {
              NDArray student = scales.get(k).forward(pairs.get(k).student());
              return extractor.distance(student, teacher(student, pairs.get(k)));
            })
        .reduce(NDArray::add)
        .orElseThrow();
  }

  private int half() {
    return (points.count() + 1) / 2;
  }

  // The teacher's pass may outlive this student's step.
  private static NDArray teacher(NDArray student, FeaturePair pair) {
    return Aliases.in(student.getManager(), pair.teacher());
  }

  /** Returns the clean image in the input's size: itself, or averaged over areas. */
  private static NDArray clean(StepTensors tensors) {
    NDManager step = tensors.student().output().getManager();
    Shape input = tensors.input().getShape();
    NDArray target = Aliases.in(step, tensors.target());
    if (target.getShape().get(2) == input.get(2) && target.getShape().get(3) == input.get(3)) {
      return target;
    }
    return AveragePool.to(target, input.get(2), input.get(3));
  }

  @Override
  public void close() {
    kernels.close();
    parameters.close();
  }
}
