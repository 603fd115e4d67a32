package org.distillgrid.jobs.shared;

import ai.djl.Device;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.distillgrid.jobs.folder.RunFiles;
import org.distillgrid.jobs.plan.PretrainKey;
import org.distillgrid.jobs.plan.TrialPlan;
import org.distillgrid.jobs.spec.RunSpec;
import org.distillgrid.jobs.spec.TeacherSpec;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.eval.LoadedNetwork;
import org.distillgrid.kd.model.ModelFit;
import org.distillgrid.kd.model.ModelTarget;
import org.distillgrid.kd.perceptual.VqEncoder;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.WeightHash;
import org.distillgrid.kd.weights.file.Checkpoints;
import org.distillgrid.kd.weights.file.TakenWeights;
import org.distillgrid.kd.weights.file.WeightPath;

/**
 * The checkpoints that a spec gives instead of a training; whoever asks for them first of all
 * refuses one that does not fit before any work is done for it.
 */
public final class GivenCheckpoints {
  private GivenCheckpoints() {}

  /**
   * Returns the checkpoint that a spec gives its teacher, if it does, without tensors that the
   * network does not have.
   *
   * @param messages takes a line where the file holds more than the teacher
   * @throws org.distillgrid.kd.error.GridException if the checkpoint cannot be read or is of
   *     another architecture
   */
  public static Optional<Checkpoint> teacher(
      RunSpec spec, RunFiles files, Consumer<String> messages) {
    return spec.teacher()
        .flatMap(TeacherSpec::weights)
        .map(
            source -> fitting(spec, spec.teacher().orElseThrow().model(), source, files, messages));
  }

  /**
   * Returns the checkpoints that a spec gives its students, by their labels, without what the
   * networks do not have.
   *
   * @param messages takes a line where a file holds more than the student
   * @throws org.distillgrid.kd.error.GridException if a checkpoint cannot be read, is of another
   *     architecture, or is that of two students
   */
  public static Map<String, Checkpoint> students(
      RunSpec spec, TrialPlan plan, RunFiles files, Consumer<String> messages) {
    Map<String, Checkpoint> given = new LinkedHashMap<>();
    Map<String, String> byHash = new HashMap<>();
    for (PretrainKey key : plan.given()) {
      String label = key.from().label();
      String model = key.student().text();
      String source = key.from().weights().orElseThrow();
      Checkpoint weights = fitting(spec, model, source, files, messages);
      String same = key.student().canonical() + " " + WeightHash.of(weights.tensors());
      String earlier = byHash.putIfAbsent(same, label);
      if (earlier != null) {
        throw GridException.of(
            ErrorCode.INPUT,
            "Cannot train %s and %s as two students: they are given the same weights",
            earlier,
            label);
      }
      given.put(label, weights);
    }
    return given;
  }

  /**
   * Returns the checkpoint that a spec gives its encoder, if it does, without what is none of the
   * encoder's.
   *
   * @param messages takes a line where the file holds more than one network
   * @throws org.distillgrid.kd.error.GridException if the checkpoint cannot be read or lacks a
   *     tensor
   */
  public static Optional<Checkpoint> encoder(
      RunSpec spec, RunFiles files, Consumer<String> messages) {
    return spec.encoder().weights().map(source -> only(source, files, messages));
  }

  private static Checkpoint only(String source, RunFiles files, Consumer<String> messages) {
    WeightPath where = WeightPath.of(source, name -> files.exists(new Path(name)));
    byte[] content = files.required(new Path(where.file()));
    TakenWeights taken = Checkpoints.take(content, where, VqEncoder::mayBeIn);
    taken.line().ifPresent(messages);
    return VqEncoder.only(taken.checkpoint(), source);
  }

  private static Checkpoint fitting(
      RunSpec spec, String model, String source, RunFiles files, Consumer<String> messages) {
    ModelTarget target = new ModelTarget(spec.data().channels(), spec.task().scale());
    ModelFit fit = ModelFit.of(model, target);
    WeightPath where = WeightPath.of(source, name -> files.exists(new Path(name)));
    TakenWeights taken = Checkpoints.take(files.required(new Path(where.file())), where, fit);
    taken.line().ifPresent(messages);
    fit.require(taken);
    try (LoadedNetwork loaded =
        LoadedNetwork.open(model, target, taken.checkpoint(), source, Device.cpu())) {
      if (!loaded.quantizedNetwork().bits().isFull()) {
        messages.accept("Weights: took those of " + source + " without its quantisers");
      }
      return loaded.network().checkpoint();
    }
  }
}
