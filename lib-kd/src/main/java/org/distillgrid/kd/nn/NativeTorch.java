package org.distillgrid.kd.nn;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.NativeLibrary;
import java.nio.file.Path;

/** PyTorch's own library, for what DJL does not pass on: functions by their names in it. */
final class NativeTorch {
  private static final String NAME = System.mapLibraryName("torch_cpu");

  private NativeTorch() {}

  /** Returns the library that DJL has loaded, or loads now. */
  static NativeLibrary library() {
    Engine.getEngine("PyTorch");
    return NativeLibrary.getInstance(Path.of(LibUtils.getLibtorchPath(), NAME).toString());
  }
}
