package org.distillgrid.kd.weights.torch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.kd.weights.CheckpointContents;
import org.distillgrid.kd.weights.CheckpointListing;
import org.distillgrid.kd.weights.HostTensor;
import org.distillgrid.kd.weights.Printable;
import org.distillgrid.kd.weights.Problem;
import org.distillgrid.kd.weights.StoredCheckpoint;
import org.distillgrid.kd.weights.StoredType;
import org.distillgrid.kd.weights.TensorBounds;

/** The tensors of a PyTorch file, of either format. */
final class TorchReader implements StoredCheckpoint {
  private final String format;
  private final TensorTree tree;
  private final TorchStorages storages;

  private TorchReader(String format, TensorTree tree, TorchStorages storages) {
    this.format = format;
    this.tree = tree;
    this.storages = storages;
  }

  /**
   * Holds every tensor against its storage.
   *
   * @param fileLength bounds what all values may take in memory
   */
  static TorchReader of(
      String format, TensorTree tree, TorchStorages storages, long fileLength, Problem problem) {
    long budget = TensorBounds.unpacked(fileLength);
    for (Map.Entry<String, TorchTensor> entry : tree.tensors().entrySet()) {
      TorchTensor tensor = entry.getValue();
      String name = "tensor " + Printable.of(entry.getKey());
      long stored = storages.bytes(tensor.storage());
      if (stored < 0) {
        throw problem.damaged(name + ": its storage is not in the file");
      }
      if (tensor.extent() > stored) {
        throw problem.damaged(name + ": it leaves its storage");
      }
      long[] shape = tensor.layout().shape();
      long bytes = TensorBounds.bytes(shape, StoredType.SINGLE).orElse(Long.MAX_VALUE);
      if (bytes > budget) {
        throw problem.damaged(
            name + ": its shape " + Arrays.toString(shape) + " needs more bytes than the file has");
      }
      budget -= bytes;
    }
    return new TorchReader(format, tree, storages);
  }

  @Override
  public CheckpointContents contents() {
    SortedMap<String, CheckpointListing.Tensor> tensors = new TreeMap<>();
    tree.tensors()
        .forEach(
            (name, tensor) ->
                tensors.put(
                    name, CheckpointListing.Tensor.of(tensor.layout().shape(), tensor.type())));
    return new CheckpointContents(
        format, tensors, tree.objects(), tree.dictionaries(), tree.metadata());
  }

  // By storage, so that one that several tensors share is read once and kept no longer than needed.
  @Override
  public SortedMap<String, HostTensor> read(Set<String> names) throws IOException {
    List<Map.Entry<String, TorchTensor>> byStorage =
        tree.tensors().entrySet().stream()
            .filter(entry -> names.contains(entry.getKey()))
            .sorted(Comparator.comparing(entry -> entry.getValue().storage()))
            .toList();
    SortedMap<String, HostTensor> tensors = new TreeMap<>();
    String current = "";
    ByteBuffer numbers = ByteBuffer.allocate(0);
    for (Map.Entry<String, TorchTensor> entry : byStorage) {
      TorchTensor tensor = entry.getValue();
      if (tensors.isEmpty() || !tensor.storage().equals(current)) {
        current = tensor.storage();
        numbers = storages.read(current);
      }
      ByteBuffer row = numbers;
      float[] values = tensor.layout().gather(index -> tensor.type().at(row, index));
      tensors.put(entry.getKey(), new HostTensor(tensor.layout().shape(), values));
    }
    return tensors;
  }
}
