package org.distillgrid.kd.eval;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.distillgrid.kd.distill.Distiller;
import org.distillgrid.kd.distill.StepTensors;
import org.distillgrid.kd.image.PlanarImage;
import org.distillgrid.kd.image.UnitRange;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.GradientMode;
import org.distillgrid.kd.nn.Pass;
import org.distillgrid.kd.nn.Tensors;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.task.Task;

/**
 * Shows where in a patch a method distils: the input, the signals that the method looks at (black
 * 0, white 1), and its weights (black 0, mid-grey the mean 1, white 2 and more).
 *
 * @param task what adds to the input, noise say
 * @param student the student, quantisers in place
 * @param teacher its teacher
 * @param method a method at work on that student, its state restored
 */
public record WeightMapSheet(
    Task task, Architecture student, Architecture teacher, Distiller method) {
  private static final String WEIGHT = "weight";
  private static final int ZOOM = 2;
  private static final int WHITE = 255;

  /**
   * Draws the sheet of a square patch.
   *
   * @param step a step of the run, for methods whose maps change with it
   * @return the sheet; empty if the method weights nothing
   */
  public Optional<PlanarImage> draw(PatchPair patch, long step, NDManager manager) {
    try (NDManager scratch = manager.newSubManager()) {
      Map<String, NDArray> maps = method.maps(tensors(patch, step, scratch));
      if (maps.isEmpty()) {
        return Optional.empty();
      }
      PlanarImage target = patch.target();
      List<CropSheet.Panel> panels = new ArrayList<>();
      panels.add(new CropSheet.Panel("input", patch.input(), task.scale()));
      maps.forEach(
          (caption, map) ->
              panels.add(new CropSheet.Panel(caption, grey(caption, map, target), 1)));
      return Optional.of(new CropSheet(0, 0, target.height(), ZOOM).draw(panels));
    }
  }

  private StepTensors tensors(PatchPair patch, long step, NDManager scratch) {
    float[] values = task.input(patch.input(), Draws.of("sheet/" + patch.id()).at(0, "input"));
    NDArray input = Tensors.aligned(values, shape(patch.input()), scratch);
    NDArray target = Tensors.aligned(UnitRange.of(patch.target()), shape(patch.target()), scratch);
    return GradientMode.off(
        () ->
            new StepTensors(
                step,
                input,
                target,
                Pass.of(student, input),
                Optional.of(Pass.of(teacher, input)),
                Optional.empty()));
  }

  private static Shape shape(PlanarImage image) {
    return new Shape(1, image.channels(), image.height(), image.width());
  }

  private static PlanarImage grey(String caption, NDArray map, PlanarImage like) {
    float white = 1;
    if (caption.equals(WEIGHT)) {
      white = 2;
    }
    float[] cells = map.toFloatArray();
    int rows = (int) map.getShape().get(2);
    int columns = (int) map.getShape().get(3);
    byte[] samples = new byte[like.height() * like.width()];
    for (int i = 0; i < samples.length; i++) {
      int row = i / like.width() * rows / like.height();
      int column = i % like.width() * columns / like.width();
      float level = cells[row * columns + column] / white;
      samples[i] = (byte) Math.round(WHITE * Math.max(0, Math.min(1, level)));
    }
    return new PlanarImage(1, like.height(), like.width(), samples);
  }
}
