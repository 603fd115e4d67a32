package org.distillgrid.kd.eval;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.distillgrid.kd.difficulty.DifficultySignals;
import org.distillgrid.kd.difficulty.PatchDifficulty;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.image.UnitRange;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.nn.HostValues;
import org.distillgrid.kd.nn.Inference;
import org.distillgrid.kd.nn.Tensors;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.task.Degraded;
import org.distillgrid.kd.task.Task;

/** Scores patches by their difficulty for a student and its teacher, batch by batch. */
public final class PatchScorer {
  private final Task task;
  private final Network teacher;
  private final Optional<Network> student;

  private PatchScorer(Task task, Network teacher, Optional<Network> student) {
    this.task = task;
    this.teacher = teacher;
    this.student = student;
  }

  /**
   * Returns a scorer that takes bicubic interpolation for the student.
   *
   * @param teacher stays its owner's to close
   */
  public static PatchScorer withoutStudent(Task task, Network teacher) {
    return new PatchScorer(task, teacher, Optional.empty());
  }

  /**
   * Returns a scorer.
   *
   * @param teacher stays its owner's to close
   * @param student stays its owner's to close
   */
  public static PatchScorer of(Task task, Network teacher, Network student) {
    return new PatchScorer(task, teacher, Optional.of(student));
  }

  /**
   * Returns the difficulty of each patch.
   *
   * @param patches a batch, all of one size
   * @throws GridException if they do not fit the teacher or each other
   */
  public List<PatchDifficulty> score(List<PatchPair> patches) {
    if (patches.isEmpty()) {
      return List.of();
    }
    patches.forEach(patch -> requireFit(patch, patches.get(0)));
    try (NDManager pass = teacher.parameters().flat().getManager().newSubManager()) {
      NDArray input = batch(patches, this::input, PatchPair::input, pass);
      NDArray target =
          batch(patches, patch -> UnitRange.of(patch.target()), PatchPair::target, pass);
      NDArray taught = Inference.output(teacher.architecture(), input);
      NDArray restored = restored(patches, input, pass);
      float[] raw = HostValues.of(DifficultySignals.raw(target, restored, taught));
      List<PatchDifficulty> difficulties = new ArrayList<>();
      for (int i = 0; i < patches.size(); i++) {
        difficulties.add(PatchDifficulty.of(raw, i));
      }
      return difficulties;
    }
  }

  private NDArray restored(List<PatchPair> patches, NDArray input, NDManager pass) {
    if (student.isPresent()) {
      return Inference.output(student.get().architecture(), input);
    }
    Restoration bicubic = Restoration.bicubic(task);
    return batch(
        patches,
        patch -> UnitRange.of(bicubic.restore(Degraded.of(patch.input()), draws(patch))),
        PatchPair::target,
        pass);
  }

  private float[] input(PatchPair patch) {
    return task.input(patch.input(), draws(patch).at(0, "input"));
  }

  private static Draws draws(PatchPair patch) {
    return Draws.of("score/" + patch.id());
  }

  private void requireFit(PatchPair patch, PatchPair first) {
    int channels = teacher.target().imageChannels();
    if (patch.input().channels() != channels) {
      throw GridException.of(
          ErrorCode.INPUT,
          "Cannot score patch %s: the teacher restores images of %d channels, it has %d",
          patch.id(),
          channels,
          patch.input().channels());
    }
    if (patch.input().height() != first.input().height()
        || patch.input().width() != first.input().width()
        || patch.target().height() != patch.input().height() * task.scale()
        || patch.target().width() != patch.input().width() * task.scale()) {
      throw GridException.of(
          ErrorCode.INPUT,
          "Cannot score patch %s: its sizes differ from those of patch %s",
          patch.id(),
          first.id());
    }
  }

  private static NDArray batch(
      List<PatchPair> patches,
      Function<PatchPair, float[]> values,
      Function<PatchPair, PlanarImage> like,
      NDManager pass) {
    PlanarImage first = like.apply(patches.get(0));
    int size = first.samples().length;
    float[] all = new float[Math.multiplyExact(patches.size(), size)];
    for (int i = 0; i < patches.size(); i++) {
      System.arraycopy(values.apply(patches.get(i)), 0, all, i * size, size);
    }
    Shape shape = new Shape(patches.size(), first.channels(), first.height(), first.width());
    return Tensors.aligned(all, shape, pass);
  }
}
