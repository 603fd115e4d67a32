package org.distillgrid.kd.weights.torch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.CheckpointListing;
import org.distillgrid.kd.weights.HostTensor;
import org.distillgrid.kd.weights.Printable;
import org.distillgrid.kd.weights.Problem;
import org.distillgrid.kd.weights.StoredCheckpoint;
import org.distillgrid.kd.weights.StoredType;
import org.distillgrid.kd.weights.TensorBounds;

/** The state dict of a PyTorch file, of either format. */
final class TorchReader implements StoredCheckpoint {
  private final String format;
  private final StateDict dictionary;
  private final TorchStorages storages;

  private TorchReader(String format, StateDict dictionary, TorchStorages storages) {
    this.format = format;
    this.dictionary = dictionary;
    this.storages = storages;
  }

  /**
   * Holds every tensor against its storage.
   *
   * @param fileLength bounds what all values may take in memory
   */
  static TorchReader of(
      String format,
      StateDict dictionary,
      TorchStorages storages,
      long fileLength,
      Problem problem) {
    long budget = TensorBounds.unpacked(fileLength);
    for (Map.Entry<String, TorchTensor> entry : dictionary.tensors().entrySet()) {
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
    return new TorchReader(format, dictionary, storages);
  }

  @Override
  public CheckpointListing listing() {
    SortedMap<String, CheckpointListing.Tensor> tensors = new TreeMap<>();
    dictionary
        .tensors()
        .forEach(
            (name, tensor) ->
                tensors.put(
                    name, CheckpointListing.Tensor.of(tensor.layout().shape(), tensor.type())));
    return new CheckpointListing(
        format, tensors, new TreeMap<>(dictionary.metadata()), dictionary.notes());
  }

  // By storage, so that one that several tensors share is read once and kept no longer than needed.
  @Override
  public Checkpoint read() throws IOException {
    List<Map.Entry<String, TorchTensor>> byStorage =
        dictionary.tensors().entrySet().stream()
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
    return new Checkpoint(tensors, new TreeMap<>(dictionary.metadata()));
  }
}
