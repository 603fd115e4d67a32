package org.distillgrid.kd.perceptual;

import ai.djl.ndarray.NDManager;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.kd.Fixtures;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.HostTensor;

/** The encoder of {@code fixtures/perceptual}, a VQGAN but for its few channels. */
public final class NarrowEncoder {
  private static final String WEIGHTS = "weights.";

  private NarrowEncoder() {}

  /** Returns the fixture. */
  public static Checkpoint fixture() {
    return Fixtures.npz("perceptual/perceptual.npz");
  }

  /** Returns its weights as a checkpoint. */
  public static Checkpoint weights() {
    SortedMap<String, HostTensor> tensors = new TreeMap<>();
    fixture()
        .tensors()
        .forEach(
            (name, tensor) -> {
              if (name.startsWith(WEIGHTS)) {
                tensors.put(name.substring(WEIGHTS.length()), tensor);
              }
            });
    return Checkpoint.of(tensors, Map.of("groups", "2"));
  }

  /** Returns the encoder. */
  public static VqEncoder open(NDManager manager) {
    return VqEncoder.load(weights(), "the fixture", manager);
  }
}
