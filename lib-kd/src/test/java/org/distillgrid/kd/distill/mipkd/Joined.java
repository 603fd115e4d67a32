package org.distillgrid.kd.distill.mipkd;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.distillgrid.kd.distill.Distiller;
import org.distillgrid.kd.distill.DistillerContext;
import org.distillgrid.kd.distill.LossTerms;
import org.distillgrid.kd.distill.MethodSum;
import org.distillgrid.kd.distill.StepTensors;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.nn.GradientMode;
import org.distillgrid.kd.nn.Parameter;
import org.distillgrid.kd.nn.Pass;
import org.distillgrid.kd.nn.Tensors;
import org.distillgrid.kd.random.Draws;

/** A small student and a small teacher over one batch of two images. */
final class Joined implements AutoCloseable {
  private final NDManager manager = NDManager.newBaseManager();
  final Network student;
  final Network teacher;
  final NDArray input;
  final NDArray target;

  Joined(String studentName, String teacherName, int scale) {
    ModelTarget restored = new ModelTarget(3, scale);
    student = Network.build(studentName, restored, Draws.of("student"), manager);
    teacher = Network.build(teacherName, restored, Draws.of("teacher"), manager);
    input = images(new Shape(2, 3, 16, 20), manager);
    target = images(new Shape(2, 3, 16L * scale, 20L * scale), manager);
    student.parameters().trainable();
  }

  private static NDArray images(Shape shape, NDManager manager) {
    var draws = Draws.of("images").at(0, "test");
    float[] values = new float[(int) shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = draws.nextFloat();
    }
    return Tensors.aligned(values, shape, manager);
  }

  Distiller method(String name) {
    Distiller method =
        MethodSum.parse(name)
            .distiller(
                new DistillerContext(
                    student.architecture(),
                    Optional.of(teacher.architecture()),
                    100,
                    Draws.of("trial"),
                    manager));
    method.trainedWithStudent().forEach(set -> set.trainable());
    return method;
  }

  StepTensors tensors(long step) {
    Pass teaching = GradientMode.off(() -> Pass.of(teacher.architecture(), input));
    Pass taught = Pass.of(student.architecture(), input);
    return new StepTensors(step, input, target, taught, Optional.of(teaching));
  }

  LossTerms loss(Distiller method, long step) {
    return method.loss(tensors(step));
  }

  double term(Distiller method, long step, String term) {
    return loss(method, step).byName().get(term).getFloat();
  }

  /** Returns the greatest gradient of each of the mixers' parameters by name. */
  SortedMap<String, Float> gradients(Distiller method, long step, String term) {
    student.parameters().clearGradient();
    method.trainedWithStudent().forEach(set -> set.clearGradient());
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      collector.backward(loss(method, step).byName().get(term));
    }
    SortedMap<String, Float> greatest = new TreeMap<>();
    for (Parameter parameter : method.trainedWithStudent().get(0).all()) {
      NDArray gradient = parameter.array().getGradient();
      greatest.put(parameter.name(), gradient.abs().max().getFloat());
    }
    return greatest;
  }

  /**
   * Returns the output of a hybrid in which every route and mask is the same.
   *
   * @param mixers makes the mixer of the widths of student and teacher
   */
  NDArray hybrid(
      Branch branch, BlockMixer.Mode mode, BiFunction<Integer, Integer, FeatureMixer> mixers) {
    NetworkPair pair = NetworkPair.of(student.architecture(), teacher.architecture(), 3);
    PairedPasses passes = pair.passes(tensors(0));
    List<Mixture> mixtures = new ArrayList<>();
    for (int k = 0; k < pair.points().count(); k++) {
      FeatureMixer mixer =
          mixers.apply(
              pair.student().width(pair.points().student().get(k)),
              pair.teacher().width(pair.points().teacher().get(k)));
      Latents latents = mixer.latents(passes.teacherAt(k), passes.studentAt(k));
      NDArray ones = latents.teacher().onesLike();
      NDArray mask =
          switch (branch) {
            case STUDENT -> ones.zerosLike();
            case TEACHER -> ones;
          };
      mixtures.add(new Mixture(mixer, latents, mask));
    }
    List<NDArray> outputs =
        new BlockMixer(mode, (step, point) -> branch).outputs(0, mixtures, passes);
    return outputs.get(outputs.size() - 1);
  }

  @Override
  public void close() {
    student.close();
    teacher.close();
    manager.close();
  }
}
