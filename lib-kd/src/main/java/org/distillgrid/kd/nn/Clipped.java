package org.distillgrid.kd.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Tensors between two numbers that no Java buffer holds; see {@link Filled}. DJL's {@code clip}
 * takes Java numbers alone, and PyTorch's clamp behind it, whose gradient no other operation of DJL
 * has, is not public. So it is asked for by name; a version of DJL without it fails in the tests.
 */
public final class Clipped {
  private static final String LIBRARY = "ai.djl.pytorch.jni.PyTorchLibrary";
  private static final MethodHandle CLAMP = clamp();

  private Clipped() {}

  /** Returns {@code min(max(tensor, low), high)}, in the tensor's manager. */
  public static NDArray between(Number low, Number high, NDArray tensor) {
    if (!(tensor instanceof PtNDArray plain)) {
      // A tensor that is being recorded: the operation itself is what is wanted.
      return tensor.clip(low, high);
    }
    try (NDArray least = Filled.number(low.doubleValue(), tensor);
        NDArray greatest = Filled.number(high.doubleValue(), tensor)) {
      long clamped =
          clamp(
              plain.getHandle(),
              ((PtNDArray) least).getHandle(),
              ((PtNDArray) greatest).getHandle());
      return new PtNDArray(plain.getManager(), clamped);
    }
  }

  private static long clamp(long tensor, long least, long greatest) {
    try {
      return (long) CLAMP.invokeExact(tensor, least, greatest);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("Cannot clamp a tensor", e);
    }
  }

  private static MethodHandle clamp() {
    try {
      Class<?> library = Class.forName(LIBRARY);
      MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(library, MethodHandles.lookup());
      MethodType type = MethodType.methodType(long.class, long.class, long.class, long.class);
      Object only = lookup.findStaticVarHandle(library, "LIB", library).get();
      return lookup.findVirtual(library, "torchClamp", type).bindTo(only);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot find PyTorch's clamp in DJL", e);
    }
  }
}
