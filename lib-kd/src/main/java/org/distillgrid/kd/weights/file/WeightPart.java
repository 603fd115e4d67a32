package org.distillgrid.kd.weights.file;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.CheckpointListing;
import org.distillgrid.kd.weights.HostTensor;

/**
 * A network that a weight file may hold, as a state dict of its own: names without the prefix,
 * weight norm folded, buffers that are no weights left out. Values are read when they are asked
 * for.
 */
public final class WeightPart {
  /** Reads tensors by their whole names. */
  @FunctionalInterface
  interface Values extends Function<Set<String>, SortedMap<String, HostTensor>> {}

  private final String path;
  private final SortedMap<String, FoldedTensor> tensors;
  private final SortedMap<String, CheckpointListing.Tensor> listed = new TreeMap<>();
  private final SortedMap<String, String> metadata;
  private final Values values;

  WeightPart(
      String path,
      SortedMap<String, FoldedTensor> tensors,
      SortedMap<String, CheckpointListing.Tensor> stored,
      SortedMap<String, String> metadata,
      Values values) {
    this.path = path;
    this.tensors = tensors;
    this.metadata = metadata;
    this.values = values;
    tensors.forEach((name, tensor) -> listed.put(name, stored.get(tensor.shaping())));
  }

  /**
   * Returns where in the file it is, for instance {@code state_dict.net_g}; empty for all of it.
   */
  public String path() {
    return path;
  }

  /** Returns the sizes of its tensors by name. */
  public SortedMap<String, long[]> shapes() {
    SortedMap<String, long[]> shapes = new TreeMap<>();
    listed.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    return shapes;
  }

  /** Returns the texts that travel with it. */
  public SortedMap<String, String> metadata() {
    return Collections.unmodifiableSortedMap(metadata);
  }

  /**
   * Reads its values.
   *
   * @throws org.distillgrid.kd.error.GridException if a tensor is damaged
   */
  public Map<String, HostTensor> tensors() {
    Set<String> wanted = new TreeSet<>();
    tensors.values().forEach(tensor -> wanted.addAll(tensor.stored()));
    Map<String, HostTensor> stored = values.apply(wanted);
    Map<String, HostTensor> folded = new TreeMap<>();
    tensors.forEach((name, tensor) -> folded.put(name, tensor.of(stored)));
    return folded;
  }

  SortedMap<String, CheckpointListing.Tensor> listed() {
    return listed;
  }

  Checkpoint checkpoint() {
    return Checkpoint.of(tensors(), metadata);
  }
}
