package org.distillgrid.kd.nn;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** PyTorch itself is asked what its switches stand at; a CPU computes the same either way. */
class TestExactKernels {
  private static NativeLibrary torch;
  private static Pointer context;

  @BeforeAll
  static void open() {
    torch = NativeTorch.library();
    context = torch.getFunction("_ZN2at13globalContextEv").invokePointer(new Object[0]);
  }

  @AfterEach
  void restore() {
    set("_ZN2at7Context21setDeterministicCuDNNEb", 0);
    set("_ZN2at7Context26setDeterministicAlgorithmsEbb", 0, 0);
    set("_ZN2at7Context39setDeterministicFillUninitializedMemoryEb", 1);
    set("_ZN2at7Context17setAllowTF32CuDNNEb", 1);
  }

  @Test
  void switchesAreWhatPyTorchThenTells() {
    assertThat(is("_ZNK2at7Context18deterministicCuDNNEv")).isFalse();
    assertThat(is("_ZNK2at7Context14allowTF32CuDNNEv")).isTrue();

    ExactKernels.choose();

    assertThat(is("_ZNK2at7Context18deterministicCuDNNEv")).isTrue();
    assertThat(is("_ZNK2at7Context23deterministicAlgorithmsEv")).isTrue();
    assertThat(is("_ZNK2at7Context31deterministicAlgorithmsWarnOnlyEv")).isTrue();
    assertThat(is("_ZNK2at7Context36deterministicFillUninitializedMemoryEv")).isFalse();
    assertThat(is("_ZNK2at7Context14allowTF32CuDNNEv")).isFalse();
    assertThat(is("_ZNK2at7Context15allowTF32CuBLASEv")).isFalse();
  }

  @Test
  void aCpuKeepsItsSwitches() {
    ExactKernels.chooseFor(Device.cpu());
    assertThat(is("_ZNK2at7Context23deterministicAlgorithmsEv")).isFalse();
  }

  @Test
  void pyTorchsBuildForCpusSeesNoGpu() {
    assertThat(Gpus.count()).isZero();
    assertThat(Gpus.firstOrCpu()).isEqualTo(Device.cpu());
  }

  private static boolean is(String function) {
    int answer = torch.getFunction(function).invokeInt(new Object[] {context});
    return (answer & 0xff) != 0;
  }

  private static void set(String function, int... values) {
    Object[] arguments = new Object[1 + values.length];
    arguments[0] = context;
    for (int i = 0; i < values.length; i++) {
      arguments[1 + i] = (byte) values[i];
    }
    torch.getFunction(function).invokeVoid(arguments);
  }
}
