package org.distillgrid.kd.nn;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Numbers that multiply tensors must live as long as the gradient tape. */
class TestScaled {
  @Test
  void productsAndQuotientsKeepTheirNumberUntilTheGradientIsThere() {
    assertThat(gradients(x -> Scaled.by(3, x))).containsOnly(3f);
    assertThat(gradients(x -> Scaled.over(4, x))).containsOnly(0.25f);
  }

  @Test
  void clipsKeepTheirBoundsEvenWhereIntermediatesAreFreedEarly() {
    assertThat(gradients(x -> Scratch.run(x, y -> y.clip(-1, 2)))).containsOnly(1f);
    assertThat(gradients(x -> Scratch.run(x, y -> y.clip(2, 3)))).containsOnly(0f);
  }

  // Between forward and backward, buffers that Java can free are freed and their memory reused.
  private static List<Float> gradients(UnaryOperator<NDArray> operation) {
    List<Float> gradients = new ArrayList<>();
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray x = manager.ones(new Shape(1));
      x.setRequiresGradient(true);
      for (int round = 0; round < 20; round++) {
        try (NDManager scratch = manager.newSubManager();
            GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
          NDArray alias = x.reshape(1);
          alias.attach(scratch);
          NDArray output = operation.apply(alias);
          churn();
          collector.backward(output.sum());
          gradients.add(x.getGradient().getFloat());
          JniUtils.zeroGrad((PtNDArray) x);
        }
      }
    }
    return gradients;
  }

  private static void churn() {
    System.gc();
    List<ByteBuffer> buffers = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      ByteBuffer buffer = ByteBuffer.allocateDirect(4);
      buffer.putInt(0, 0x7fc00000);
      buffers.add(buffer);
    }
    assertThat(buffers).hasSize(2000);
  }
}
