package org.distillgrid.kd.export;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Map;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.export.trace.GraphBuilder;

/** An exported network in ONNX Runtime, on one thread of the CPU. */
public final class OnnxSession implements AutoCloseable {
  // Without it, kernels for processors that lack VNNI let sums of 16 bits overflow.
  private static final String EXACT_SUMS = "session.x64quantprecision";

  private final OrtEnvironment environment;
  private final OrtSession session;

  private OnnxSession(OrtEnvironment environment, OrtSession session) {
    this.environment = environment;
    this.session = session;
  }

  /** Returns the runtime's name and version. */
  public static String runtime() {
    return "onnxruntime " + OrtEnvironment.getEnvironment().getVersion();
  }

  /**
   * Loads a model.
   *
   * @param bytes as a file holds it
   * @throws GridException if ONNX Runtime refuses it
   */
  public static OnnxSession open(byte[] bytes) {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.addConfigEntry(EXACT_SUMS, "1");
      return new OnnxSession(environment, environment.createSession(bytes, options));
    } catch (OrtException e) {
      throw GridException.of(
          e, ErrorCode.INPUT, "Cannot load the exported network: %s", e.getMessage());
    }
  }

  /**
   * Returns the network's output.
   *
   * @param input in [0, 1], in the order N×C×H×W
   * @param shape N, C, H and W
   */
  public float[] run(float[] input, long... shape) {
    try (OnnxTensor fed = OnnxTensor.createTensor(environment, FloatBuffer.wrap(input), shape);
        OrtSession.Result results = session.run(Map.of(GraphBuilder.INPUT, fed))) {
      OnnxTensor output = (OnnxTensor) results.get(0);
      FloatBuffer buffer = output.getFloatBuffer();
      float[] values = new float[buffer.remaining()];
      buffer.get(values);
      return values;
    } catch (OrtException e) {
      throw GridException.of(
          e, ErrorCode.INPUT, "Cannot run the exported network: %s", e.getMessage());
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw GridException.of(
          e, ErrorCode.INPUT, "Cannot close the exported network: %s", e.getMessage());
    }
  }
}
