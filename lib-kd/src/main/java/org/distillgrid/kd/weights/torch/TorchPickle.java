package org.distillgrid.kd.weights.torch;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.HostTensor;

/**
 * The pickle of a state dict, of protocol 2 and with nothing but the operations and names that
 * {@code torch.load} takes with {@code weights_only=True}. The tensors' storages have the keys 0,
 * 1, … in the order of the names.
 */
final class TorchPickle {
  private static final String ORDERED_DICTIONARY = "ccollections\nOrderedDict\n)R";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private TorchPickle() {}

  static byte[] of(Checkpoint checkpoint) {
    TorchPickle pickle = new TorchPickle();
    pickle.raw("\u0080\u0002" + ORDERED_DICTIONARY + "(");
    int key = 0;
    for (Map.Entry<String, HostTensor> entry : checkpoint.tensors().entrySet()) {
      pickle.text(entry.getKey());
      pickle.tensor(Integer.toString(key), entry.getValue());
      key++;
    }
    pickle.raw("u");
    if (!checkpoint.metadata().isEmpty()) {
      pickle.attribute(TorchNames.METADATA, checkpoint.metadata());
    }
    pickle.raw(".");
    return pickle.out.toByteArray();
  }

  // _rebuild_tensor_v2(storage, offset, sizes, strides, requires_grad, hooks)
  private void tensor(String key, HostTensor tensor) {
    raw("ctorch._utils\n_rebuild_tensor_v2\n((");
    text("storage");
    raw("ctorch\nFloatStorage\n");
    text(key);
    text("cpu");
    whole(tensor.values().length);
    raw("tQ");
    whole(0);
    tuple(tensor.shape());
    tuple(contiguous(tensor.shape()));
    raw("\u0089" + ORDERED_DICTIONARY + "tR");
  }

  private void attribute(String name, Map<String, String> texts) {
    raw("}(");
    text(name);
    raw("}(");
    texts.forEach(
        (key, value) -> {
          text(key);
          text(value);
        });
    raw("uub");
  }

  private static long[] contiguous(long[] shape) {
    long[] strides = new long[shape.length];
    long step = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      strides[axis] = step;
      step *= Math.max(1, shape[axis]);
    }
    return strides;
  }

  private void tuple(long[] numbers) {
    raw("(");
    for (long number : numbers) {
      whole(number);
    }
    raw("t");
  }

  private void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    raw("X");
    littleEndian(bytes.length, Integer.BYTES);
    out.writeBytes(bytes);
  }

  private void whole(long number) {
    if (number == (int) number) {
      raw("J");
      littleEndian(number, Integer.BYTES);
    } else {
      raw("\u008a");
      out.write(Long.BYTES);
      littleEndian(number, Long.BYTES);
    }
  }

  private void littleEndian(long number, int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.write((int) (number >> (Byte.SIZE * i)));
    }
  }

  private void raw(String operations) {
    out.writeBytes(operations.getBytes(StandardCharsets.ISO_8859_1));
  }
}
