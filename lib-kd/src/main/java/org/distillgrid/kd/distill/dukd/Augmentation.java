package org.distillgrid.kd.distill.dukd;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.distillgrid.kd.nn.Shifted;
import org.distillgrid.kd.nn.Tensors;

/**
 * Changes to the images of a batch that can be undone, drawn for each image: colours inverted, rows
 * reversed, columns reversed, rows and columns swapped. They are undone in reverse order, as
 * swapping and reversing do not commute.
 *
 * @param steps in the order in which they are made
 */
record Augmentation(List<Step> steps) {
  /** A change that is its own inverse. */
  enum Change {
    INVERT,
    REVERSE_ROWS,
    REVERSE_COLUMNS,
    TRANSPOSE;

    NDArray of(NDArray images) {
      return switch (this) {
        case INVERT -> Shifted.by(1, images.neg());
        case REVERSE_ROWS -> images.flip(2);
        case REVERSE_COLUMNS -> images.flip(3);
        case TRANSPOSE -> images.transpose(0, 1, 3, 2);
      };
    }
  }

  /**
   * A change of some images.
   *
   * @param change what is done
   * @param changed 1 where an image is changed, else 0, N×1×1×1
   * @param kept the opposite
   */
  record Step(Change change, NDArray changed, NDArray kept) {
    NDArray of(NDArray images) {
      return change.of(images).mul(changed).add(images.mul(kept));
    }
  }

  Augmentation {
    steps = List.copyOf(steps);
  }

  /**
   * Draws the changes of a batch.
   *
   * @param images N×C×H×W; only square ones are transposed
   * @param probability of each change of each image
   */
  static Augmentation drawn(NDArray images, double probability, UniformRandomProvider draws) {
    Shape shape = images.getShape();
    List<Step> steps = new ArrayList<>();
    for (Change change : Change.values()) {
      float[] changed = new float[(int) shape.get(0)];
      float[] kept = new float[changed.length];
      float any = 0;
      for (int i = 0; i < changed.length; i++) {
        if (draws.nextDouble() < probability) {
          changed[i] = 1;
        }
        kept[i] = 1 - changed[i];
        any += changed[i];
      }
      boolean fits = change != Change.TRANSPOSE || shape.get(2) == shape.get(3);
      if (any > 0 && fits) {
        NDManager manager = images.getManager();
        steps.add(new Step(change, ofImages(changed, manager), ofImages(kept, manager)));
      }
    }
    return new Augmentation(steps);
  }

  /** Returns the images changed. */
  NDArray of(NDArray images) {
    NDArray changed = images;
    for (Step step : steps) {
      changed = step.of(changed);
    }
    return changed;
  }

  /** Returns images that were changed as they were before; they may have another size by now. */
  NDArray undone(NDArray images) {
    NDArray before = images;
    for (int i = steps.size() - 1; i >= 0; i--) {
      before = steps.get(i).of(before);
    }
    return before;
  }

  private static NDArray ofImages(float[] values, NDManager manager) {
    return Tensors.aligned(values, new Shape(values.length, 1, 1, 1), manager);
  }
}
