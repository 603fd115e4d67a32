package org.distillgrid.kd.export;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.kd.export.onnx.ModelWriter;
import org.distillgrid.kd.export.onnx.Port;
import org.distillgrid.kd.export.trace.GraphBuilder;
import org.distillgrid.kd.export.trace.Recorder;
import org.distillgrid.kd.export.trace.Samples;
import org.distillgrid.kd.export.trace.Trace;
import org.distillgrid.kd.export.trace.Unification;
import org.distillgrid.kd.model.Network;
import org.distillgrid.kd.nn.GradientMode;
import org.distillgrid.kd.nn.Multiplication;
import org.distillgrid.kd.nn.Parameter;
import org.distillgrid.kd.quant.OperandGrids;
import org.distillgrid.kd.quant.QuantizedNetwork;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.weights.Checkpoint;

/**
 * Writes a student as ONNX. The network is not described a second time: it runs at several sizes on
 * arrays that write down what is done to them. Quantised operands become integers between {@code
 * QuantizeLinear} and {@code DequantizeLinear}.
 */
public final class OnnxExport {
  private final QuantizedNetwork student;
  private final Recorder recorder = new Recorder();

  private OnnxExport(QuantizedNetwork student) {
    this.student = student;
  }

  /**
   * Returns a student as a file for images of any size, or, where the network's own steps go with
   * the size, of one size.
   *
   * @param height rows of the image, where only one size is possible
   * @param width columns likewise
   * @throws org.distillgrid.kd.error.GridException if the network does what ONNX has no form for
   */
  public static OnnxFile of(QuantizedNetwork student, int height, int width) {
    return GradientMode.off(() -> new OnnxExport(student).file(height, width));
  }

  private OnnxFile file(int height, int width) {
    Network source = student.network();
    NDManager parent = source.parameters().flat().getManager();
    try (NDManager scratch = parent.newSubManager()) {
      NDManager recording = recorder.manager(scratch);
      try (Network network =
          Network.build(
              source.name().canonical(), source.target(), Draws.of("overwritten"), recording)) {
        prepare(network);
        return file(network, recording, height, width);
      }
    }
  }

  // The recorded network has the student's weights, and its grids in place of its quantisers.
  private void prepare(Network network) {
    Network source = student.network();
    network
        .parameters()
        .load(
            Checkpoint.of(source.parameters().export(), new TreeMap<>()).tensors(), "the student");
    for (Parameter parameter : network.parameters().all()) {
      recorder.name(parameter.array(), parameter.name());
    }
    List<Multiplication> layers = network.multiplications();
    for (int i = 0; i < layers.size(); i++) {
      OperandGrids grids = student.quantization().grids(source.multiplications().get(i));
      layers.get(i).attach(new LayerNotes(recorder, layers.get(i), grids));
    }
  }

  private OnnxFile file(Network network, NDManager manager, int height, int width) {
    int channels = network.target().imageChannels();
    // The first run tells to which multiple the network enlarges its input.
    run(network, Samples.of(channels, 1).get(0), manager);
    List<Trace> traces = new ArrayList<>();
    for (Shape sample : Samples.of(channels, recorder.multiple())) {
      traces.add(run(network, sample, manager));
    }
    Unification.Outcome outcome = Unification.of(traces);
    if (outcome.trace().isPresent()) {
      int scale = network.target().scale();
      return written(
          outcome.trace().get(),
          Optional.empty(),
          axes(channels, "height", "width"),
          axes(channels, enlarged("height", scale), enlarged("width", scale)),
          "");
    }
    Trace fixed = run(network, new Shape(1, channels, height, width), manager);
    return written(
        fixed,
        Optional.of(new OnnxFile.Size(height, width)),
        GraphBuilder.fixed(fixed.input()),
        GraphBuilder.fixed(fixed.outputShape()),
        outcome.obstacle());
  }

  private Trace run(Network network, Shape shape, NDManager manager) {
    try (NDManager pass = manager.newSubManager()) {
      NDArray input = recorder.start(shape, pass);
      return recorder.trace(shape, network.forward(input));
    }
  }

  private OnnxFile written(
      Trace trace,
      Optional<OnnxFile.Size> size,
      List<Port.Axis> input,
      List<Port.Axis> output,
      String obstacle) {
    SortedMap<String, String> metadata = new TreeMap<>(student.checkpoint().metadata());
    metadata.put("size", size.map(OnnxFile.Size::toString).orElse("dynamic"));
    metadata.put("range", "0..1, RGB or grey, N×C×H×W; the output is not clamped");
    byte[] bytes =
        ModelWriter.bytes(
            GraphBuilder.model(trace, student.network().name().text(), input, output, metadata));
    return new OnnxFile(bytes, size, obstacle);
  }

  private static List<Port.Axis> axes(int channels, String height, String width) {
    return List.of(
        new Port.Axis.Free("batch"),
        new Port.Axis.Fixed(channels),
        new Port.Axis.Free(height),
        new Port.Axis.Free(width));
  }

  private static String enlarged(String axis, int scale) {
    if (scale == 1) {
      return axis;
    }
    return axis + "_x" + scale;
  }
}
