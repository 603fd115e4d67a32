package org.distillgrid.kd.model;

import ai.djl.ndarray.types.Shape;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.weights.HostTensor;
import org.distillgrid.kd.weights.file.PartFit;
import org.distillgrid.kd.weights.file.TakenWeights;
import org.distillgrid.kd.weights.file.WeightPart;

/** Finds the weights of a named network among all that a file holds. */
public final class ModelFit implements PartFit {
  private final ModelName name;
  private final ModelTarget target;
  private final ModelFamily family;
  private final Map<String, Shape> wanted;

  private ModelFit(ModelName name, ModelTarget target) {
    this.name = name;
    this.target = target;
    this.family = Models.registry().named(name.family());
    this.wanted = Network.shapes(name.text(), target);
  }

  /**
   * Returns the fit of a network.
   *
   * @throws GridException if the name is wrong or the family lacks the scale
   */
  public static ModelFit of(String model, ModelTarget target) {
    return new ModelFit(ModelName.parse(model, Models.registry()), target);
  }

  @Override
  public boolean fits(WeightPart part) {
    Map<String, Shape> found = shapes(part.shapes());
    if (CheckpointFit.differences(wanted, found).isEmpty()) {
      return true;
    }
    if (!CheckpointFit.mayBeTranslated(wanted, found)) {
      return false;
    }
    try {
      Map<String, HostTensor> translated = family.translate(name, target, part.tensors());
      return CheckpointFit.differences(wanted, CheckpointFit.shapes(translated)).isEmpty();
    } catch (GridException e) {
      // Tensors that mean something else; loading them tells what.
      return false;
    }
  }

  /**
   * Checks that what was taken is the network.
   *
   * @throws GridException if it is not: it says what differs, what it may be, and what to do
   */
  public void require(TakenWeights taken) {
    if (taken.fitting()) {
      return;
    }
    Map<String, HostTensor> tensors = family.translate(name, target, taken.checkpoint().tensors());
    String mismatch =
        CheckpointFit.mismatch(wanted, CheckpointFit.shapes(tensors))
            .orElseThrow(() -> new IllegalStateException("It fits after all: " + name.text()));
    StringBuilder hints = new StringBuilder();
    if (!taken.path().isEmpty()) {
      hints.append("; taken was ").append(taken.path());
    }
    nearest(taken).ifPresent(text -> hints.append("; ").append(text));
    taken.other().ifPresent(text -> hints.append("; for another part write ").append(text));
    throw GridException.of(
        ErrorCode.INPUT,
        "Cannot load %s into %s ×%d: %s%s",
        taken.where().text(),
        name.text(),
        target.scale(),
        mismatch,
        hints);
  }

  private static Optional<String> nearest(TakenWeights taken) {
    Map<String, long[]> shapes = new TreeMap<>();
    taken.checkpoint().tensors().forEach((key, tensor) -> shapes.put(key, tensor.shape()));
    return NearestModel.of(TensorShapes.of(shapes), taken.checkpoint().tensors());
  }

  private static Map<String, Shape> shapes(Map<String, long[]> sizes) {
    Map<String, Shape> shapes = new TreeMap<>();
    sizes.forEach((key, shape) -> shapes.put(key, new Shape(shape)));
    return shapes;
  }
}
