package org.distillgrid.kd.export.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.kd.export.onnx.Attribute;
import org.distillgrid.kd.nn.HostValues;
import org.distillgrid.kd.nn.RecordedTensor;

/**
 * Records what blocks say that they are. Only the shapes of the results are real: nothing here
 * looks at the values of what depends on the input.
 *
 * @param recorder where steps go
 * @param real the array that they are computed from
 * @param operand what stands for it
 */
record Blocks(Recorder recorder, NDArray real, Operand operand) implements RecordedTensor {
  @Override
  public NDArray normalized(
      NDArray mean, NDArray variance, NDArray factor, NDArray constant, float epsilon) {
    float[] factors = values(factor);
    float[] variances = values(variance);
    for (int i = 0; i < factors.length; i++) {
      factors[i] = (float) (factors[i] / Math.sqrt((double) variances[i] + epsilon));
    }
    float[] constants = values(constant);
    float[] means = values(mean);
    for (int i = 0; i < constants.length; i++) {
      constants[i] -= means[i] * factors[i];
    }
    return array(
        Folding.of(recorder, operand, real.getShape(), factors, constants), real.getShape());
  }

  private static float[] values(NDArray constant) {
    return HostValues.of(ArrayHandler.of(constant).real());
  }

  @Override
  public NDArray pixelMean() {
    Shape shape = shape(real.getShape().get(1), 1, 1);
    Operand mean =
        recorder.add(
            "ReduceMean",
            shape,
            List.of(operand, Operand.Lengths.of(2, 3)),
            Call.attributes("keepdims", Attribute.of(1L)));
    return array(mean, shape);
  }

  @Override
  public NDArray bicubic(int factor) {
    Shape input = real.getShape();
    Shape shape = shape(input.get(1), input.get(2) * factor, input.get(3) * factor);
    return array(BicubicSteps.record(recorder, operand, shape, factor), shape);
  }

  @Override
  public NDArray deconvolution(NDArray weight, NDArray bias, int stride, int padding) {
    Shape input = real.getShape();
    long[] sides = {weight.getShape().get(2), weight.getShape().get(3)};
    Shape shape = shape(weight.getShape().get(1), input.get(2) * stride, input.get(3) * stride);
    SortedMap<String, Attribute> attributes = new TreeMap<>();
    attributes.put("kernel_shape", Attribute.of(sides));
    attributes.put("strides", Attribute.of(new long[] {stride, stride}));
    attributes.put("pads", Attribute.of(new long[] {padding, padding, padding, padding}));
    attributes.put("output_padding", Attribute.of(new long[] {stride - 1L, stride - 1L}));
    List<Operand> operands = new ArrayList<>(List.of(operand, recorder.operand(weight)));
    if (bias != null) {
      operands.add(recorder.operand(bias));
    }
    return array(recorder.add("ConvTranspose", shape, operands, attributes), shape);
  }

  @Override
  public NDArray padded(long multiple, Border border) {
    recorder.enlargesTo(multiple);
    Shape input = real.getShape();
    Shape shape = shape(input.get(1), next(input.get(2), multiple), next(input.get(3), multiple));
    LengthLaw none = new LengthLaw.Fixed(0);
    Operand pads =
        new Operand.LengthLaws(
            List.of(
                none,
                none,
                none,
                none,
                none,
                none,
                new LengthLaw.Missing(operand, 2, multiple),
                new LengthLaw.Missing(operand, 3, multiple)));
    String mode =
        switch (border) {
          case REFLECTION -> "reflect";
          case ZEROS -> "constant";
        };
    Operand padded =
        recorder.add(
            "Pad", shape, List.of(operand, pads), Call.attributes("mode", Attribute.of(mode)));
    return array(padded, shape);
  }

  private static long next(long length, long multiple) {
    return (length + multiple - 1) / multiple * multiple;
  }

  private Shape shape(long channels, long height, long width) {
    return new Shape(real.getShape().get(0), channels, height, width);
  }

  private NDArray array(Operand result, Shape shape) {
    recorder.unlabel();
    return recorder.array(real.getManager().zeros(shape), result);
  }
}
