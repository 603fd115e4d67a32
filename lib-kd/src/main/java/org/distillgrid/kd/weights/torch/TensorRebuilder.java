package org.distillgrid.kd.weights.torch;

import org.distillgrid.kd.weights.Problem;
import org.distillgrid.kd.weights.StoredType;
import org.distillgrid.kd.weights.Strided;
import org.distillgrid.kd.weights.TensorBounds;
import org.distillgrid.kd.weights.torch.PickleValue.Items;
import org.distillgrid.kd.weights.torch.PickleValue.Opaque;
import org.distillgrid.kd.weights.torch.PickleValue.Whole;

/**
 * Makes a tensor of the arguments that PyTorch's own rebuilding functions take, and checks them.
 */
final class TensorRebuilder {
  private static final int FEWEST_ARGUMENTS = 4;

  private final Problem problem;

  TensorRebuilder(Problem problem) {
    this.problem = problem;
  }

  /** Takes (storage, offset, sizes, strides, …); the storage knows the type. */
  PickleValue typed(Items arguments) {
    if (isUnreadable(arguments)) {
      return arguments.at(0);
    }
    TorchStorage storage = storage(arguments);
    return tensor(storage, storage.type(), arguments);
  }

  /** Takes the same of a storage of bytes. */
  PickleValue as(StoredType type, Items arguments) {
    TorchStorage storage = storage(arguments);
    TorchStorage retyped =
        new TorchStorage(
            type,
            storage.key(),
            storage.offset() / type.bytes(),
            storage.elements() / type.bytes());
    return tensor(retyped, type, arguments);
  }

  private TorchTensor tensor(TorchStorage storage, StoredType type, Items arguments) {
    long[] shape = sizes(arguments.at(2));
    long[] strides = sizes(arguments.at(3));
    if (shape.length != strides.length || !(arguments.at(1) instanceof Whole offset)) {
      throw problem.damaged("its pickle makes a tensor without valid sizes");
    }
    if (offset.number() < 0) {
      throw leaving();
    }
    try {
      // Relative to the view first: it must not leave the view, be the storage larger or not.
      Strided layout = new Strided(offset.number(), shape, strides);
      if (layout.extent() > storage.elements()) {
        throw leaving();
      }
      long start = Math.addExact(storage.offset(), offset.number());
      return new TorchTensor(type, storage.key(), new Strided(start, shape, strides));
    } catch (ArithmeticException e) {
      throw leaving();
    }
  }

  // Numbers of a type that is not read here, complex ones say: the tensor is as opaque as they are.
  private static boolean isUnreadable(Items arguments) {
    return arguments.size() >= FEWEST_ARGUMENTS && arguments.at(0) instanceof Opaque;
  }

  private TorchStorage storage(Items arguments) {
    if (arguments.size() >= FEWEST_ARGUMENTS && arguments.at(0) instanceof TorchStorage storage) {
      return storage;
    }
    throw problem.damaged("its pickle makes a tensor of something that is no storage");
  }

  private long[] sizes(PickleValue value) {
    if (!(value instanceof Items items) || items.size() > TensorBounds.MOST_AXES) {
      throw problem.damaged("its pickle makes a tensor without valid sizes");
    }
    long[] sizes = new long[items.size()];
    for (int axis = 0; axis < sizes.length; axis++) {
      if (!(items.at(axis) instanceof Whole size) || size.number() < 0) {
        throw problem.damaged("its pickle makes a tensor without valid sizes");
      }
      sizes[axis] = size.number();
    }
    return sizes;
  }

  private RuntimeException leaving() {
    return problem.damaged("its pickle makes a tensor that leaves its storage");
  }
}
