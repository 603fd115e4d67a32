package org.distillgrid.kd.export.trace;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.kd.export.onnx.Attribute;

/** Operations of neural networks. */
final class LayerRules {
  // DJL's number of bilinear interpolation.
  private static final int BILINEAR = 1;

  private LayerRules() {}

  static void addTo(Rules rules) {
    rules.add("convolution", LayerRules::convolution);
    rules.add("linear", LayerRules::linear);
    rules.add("matMul", call -> call.step("MatMul", call.operand(0), call.operand(1)));
    rules.add("layerNorm", LayerRules::layerNorm);
    rules.add("maxPool", LayerRules::maxPool);
    rules.add("interpolation", LayerRules::interpolation);
  }

  // convolution(input, weight, bias, stride, padding, dilation, groups)
  private static List<Operand> convolution(Call call) {
    Shape weight = call.array(2).getShape();
    SortedMap<String, Attribute> attributes =
        windows(Arrays.copyOfRange(weight.getShape(), 2, 4), call.argument(4), call.argument(5));
    attributes.put("dilations", Attribute.of(((Shape) call.argument(6)).getShape()));
    attributes.put("group", Attribute.of((long) (int) call.argument(7)));
    List<Operand> operands = new ArrayList<>(List.of(withoutAbsent(call, 1, 2, 3)));
    IntegerBias.offer(call.recorder(), operands);
    if (operands.size() == 2 && isWithoutKernel(call.recorder(), operands.get(1))) {
      long[] dims = {weight.get(0)};
      operands.add(new Operand.Constant("", dims, () -> new float[(int) dims[0]]));
    }
    return call.step("Conv", attributes, operands.toArray(Operand[]::new));
  }

  // ONNX Runtime joins a convolution between two quantisations into its integer kernel and only
  // then refuses zero points that differ; a bias that is no integer keeps it from that.
  private static boolean isWithoutKernel(Recorder recorder, Operand weight) {
    return recorder.storedWeight(weight).filter(stored -> !stored.hasKernel()).isPresent();
  }

  // linear(input, weight, bias): MatMul wants the weight the other way round.
  private static List<Operand> linear(Call call) {
    Operand weight = Transposition.of(call.recorder(), call.operand(2));
    Operand product =
        call.recorder().add("MatMul", call.resultShape(), List.of(call.operand(1), weight));
    if (call.argument(3) == null) {
      return List.of(product);
    }
    return call.step("Add", product, call.operand(3));
  }

  // layerNorm(input, normalized shape, weight, bias, epsilon)
  private static List<Operand> layerNorm(Call call) {
    SortedMap<String, Attribute> attributes = new TreeMap<>();
    attributes.put("axis", Attribute.of((long) -((Shape) call.argument(2)).dimension()));
    attributes.put("epsilon", Attribute.of((float) call.argument(5)));
    return call.step("LayerNormalization", attributes, withoutAbsent(call, 1, 3, 4));
  }

  // maxPool(window, stride, padding, rounding up)
  private static List<Operand> maxPool(Call call) {
    if ((boolean) call.argument(4)) {
      throw call.unsupported();
    }
    SortedMap<String, Attribute> attributes =
        windows(((Shape) call.argument(1)).getShape(), call.argument(2), call.argument(3));
    return call.step("MaxPool", attributes, call.operand(0));
  }

  // interpolation(height and width, mode, ignored)
  private static List<Operand> interpolation(Call call) {
    if ((int) call.argument(2) != BILINEAR) {
      throw call.unsupported();
    }
    SortedMap<String, Attribute> attributes = new TreeMap<>();
    attributes.put("mode", Attribute.of("linear"));
    attributes.put("coordinate_transformation_mode", Attribute.of("half_pixel"));
    return call.step(
        "Resize",
        attributes,
        call.operand(0),
        new Operand.Absent(),
        new Operand.Absent(),
        Operand.Lengths.of(call.resultShape().getShape()));
  }

  private static SortedMap<String, Attribute> windows(long[] sides, Object stride, Object padding) {
    long[] before = ((Shape) padding).getShape();
    long[] pads = Arrays.copyOf(before, 2 * before.length);
    System.arraycopy(before, 0, pads, before.length, before.length);
    SortedMap<String, Attribute> attributes = new TreeMap<>();
    attributes.put("kernel_shape", Attribute.of(sides));
    attributes.put("strides", Attribute.of(((Shape) stride).getShape()));
    attributes.put("pads", Attribute.of(pads));
    return attributes;
  }

  private static Operand[] withoutAbsent(Call call, int... places) {
    List<Operand> operands = new ArrayList<>();
    for (int place : places) {
      if (call.argument(place) != null) {
        operands.add(call.operand(place));
      }
    }
    return operands.toArray(Operand[]::new);
  }
}
