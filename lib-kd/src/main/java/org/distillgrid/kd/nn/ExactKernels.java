package org.distillgrid.kd.nn;

import ai.djl.Device;
import ai.djl.pytorch.jni.JniUtils;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks PyTorch for kernels that give the same bits whenever they are run, and that multiply in full
 * single precision: on a GPU, PyTorch by itself takes whichever convolution is fast, sums up in no
 * fixed order, and rounds what is convolved to ten bits (TF32).
 *
 * <p>DJL has none of these switches, so the functions of {@code at::Context} are called by the
 * names that they have in PyTorch's library. Where one is missing a line in the log says so, and
 * training goes on. One more is set before the process starts, by the launcher: {@code
 * CUBLAS_WORKSPACE_CONFIG=:4096:8}, without which cuBLAS may sum up in another order.
 */
public final class ExactKernels {
  private static final Logger LOG = LoggerFactory.getLogger(ExactKernels.class);
  private static final String CONTEXT = "_ZN2at13globalContextEv";
  private static final byte YES = 1;
  private static final byte NO = 0;

  private ExactKernels() {}

  /** Does so for this process if it computes on a GPU; a CPU has no other kernels. */
  public static void chooseFor(Device device) {
    if (!device.isGpu()) {
      return;
    }
    try {
      choose();
    } catch (UnsatisfiedLinkError e) {
      LOG.warn("Cannot make PyTorch's GPU kernels repeatable: {}", e.getMessage());
    }
  }

  /** Does so for this process. */
  static void choose() {
    JniUtils.setBenchmarkCuDNN(false);
    NativeLibrary torch = NativeTorch.library();
    Pointer context = torch.getFunction(CONTEXT).invokePointer(new Object[0]);
    set(torch, "_ZN2at7Context21setDeterministicCuDNNEb", context, YES);
    // The second number: an operation that has no repeatable kernel warns instead of failing.
    set(torch, "_ZN2at7Context26setDeterministicAlgorithmsEbb", context, YES, YES);
    set(torch, "_ZN2at7Context39setDeterministicFillUninitializedMemoryEb", context, NO);
    set(torch, "_ZN2at7Context17setAllowTF32CuDNNEb", context, NO);
    set(torch, "_ZN2at7Context18setAllowTF32CuBLASEb", context, NO);
  }

  private static void set(NativeLibrary torch, String function, Object... arguments) {
    torch.getFunction(function).invokeVoid(arguments);
  }
}
