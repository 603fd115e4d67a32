package org.distillgrid.kd.export.trace;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.kd.export.onnx.Attribute;

/**
 * MATLAB's bicubic enlargement: the image with two mirrored rows and columns around it (the border
 * itself repeated), enlarged by {@code Resize} with the same cubic, and cut.
 */
final class BicubicSteps {
  // How far the cubic reaches over the border.
  private static final long REACH = 2;
  private static final float CUBIC = -0.5f;

  private BicubicSteps() {}

  static Operand record(Recorder recorder, Operand image, Shape result, int factor) {
    long[] sizes = result.getShape().clone();
    sizes[2] /= factor;
    sizes[3] /= factor;
    Operand mirrored = image;
    for (int axis = 2; axis <= 3; axis++) {
      mirrored = mirrored(recorder, mirrored, sizes, axis);
      sizes[axis] += 2 * REACH;
    }
    sizes[2] *= factor;
    sizes[3] *= factor;
    SortedMap<String, Attribute> attributes = new TreeMap<>();
    attributes.put("mode", Attribute.of("cubic"));
    attributes.put("cubic_coeff_a", Attribute.of(CUBIC));
    attributes.put("coordinate_transformation_mode", Attribute.of("half_pixel"));
    Operand scales =
        new Operand.Constant("", new long[] {4}, () -> new float[] {1, 1, factor, factor});
    Operand enlarged =
        recorder.add(
            "Resize",
            new Shape(sizes),
            List.of(mirrored, new Operand.Absent(), scales),
            attributes);
    long cut = REACH * factor;
    return recorder.add(
        "Slice",
        result,
        List.of(
            enlarged,
            Operand.Lengths.of(cut, cut),
            Operand.Lengths.of(-cut, -cut),
            Operand.Lengths.of(2, 3),
            Operand.Lengths.of(1, 1)));
  }

  private static Operand mirrored(Recorder recorder, Operand image, long[] sizes, int axis) {
    long[] strip = sizes.clone();
    strip[axis] = REACH;
    // Places 1, 0 stand before the first, the last but none and the last but one behind the last.
    Operand before = slice(recorder, image, new Shape(strip), REACH - 1, Long.MIN_VALUE, axis);
    Operand behind = slice(recorder, image, new Shape(strip), -1, -1 - REACH, axis);
    long[] whole = sizes.clone();
    whole[axis] += 2 * REACH;
    return recorder.add(
        "Concat",
        new Shape(whole),
        List.of(before, image, behind),
        Call.attributes("axis", Attribute.of((long) axis)));
  }

  private static Operand slice(
      Recorder recorder, Operand image, Shape strip, long start, long end, int axis) {
    return recorder.add(
        "Slice",
        strip,
        List.of(
            image,
            Operand.Lengths.of(start),
            Operand.Lengths.of(end),
            Operand.Lengths.of(axis),
            Operand.Lengths.of(-1)));
  }
}
