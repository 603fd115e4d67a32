package org.distillgrid.kd.export.trace;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.distillgrid.kd.export.onnx.Attribute;
import org.distillgrid.kd.export.onnx.ElementType;
import org.distillgrid.kd.export.onnx.Model;
import org.distillgrid.kd.export.onnx.Node;
import org.distillgrid.kd.export.onnx.Port;
import org.distillgrid.kd.export.onnx.Tensor;

/** Turns recorded steps into a graph; steps that the output does not need are left out. */
public final class GraphBuilder {
  /** The name of the graph's input. */
  public static final String INPUT = "input";

  /** The name of the graph's output. */
  public static final String OUTPUT = "output";

  private final Trace trace;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Tensor> constants = new TreeMap<>();
  private final Map<Object, String> known = new HashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();

  private GraphBuilder(Trace trace) {
    this.trace = trace;
  }

  /**
   * Returns the model of a trace.
   *
   * @param name the graph's name
   * @param input what is fed
   * @param output what comes back
   */
  public static Model model(
      Trace trace,
      String name,
      List<Port.Axis> input,
      List<Port.Axis> output,
      SortedMap<String, String> metadata) {
    GraphBuilder builder = new GraphBuilder(IntegerBias.taken(trace));
    builder.addSteps();
    return new Model(
        name,
        builder.nodes,
        List.copyOf(builder.constants.values()),
        List.of(new Port(INPUT, ElementType.FLOAT, input)),
        List.of(new Port(OUTPUT, ElementType.FLOAT, output)),
        metadata);
  }

  private void addSteps() {
    boolean[] needed = Liveness.of(trace);
    for (int i = 0; i < needed.length; i++) {
      if (needed[i]) {
        add(i, trace.steps().get(i));
      }
    }
  }

  private void add(int place, Step step) {
    List<String> inputs = new ArrayList<>();
    for (Operand operand : step.operands()) {
      inputs.add(value(operand));
    }
    String name = unique(base(step));
    List<String> outputs = new ArrayList<>();
    for (int i = 0; i < step.shapes().size(); i++) {
      Operand.Result result = new Operand.Result(place, i);
      String output = name + "_" + i;
      if (result.equals(trace.output())) {
        output = OUTPUT;
      } else if (step.shapes().size() == 1) {
        output = name + "_out";
      }
      known.put(result, output);
      outputs.add(output);
    }
    nodes.add(new Node(name, step.operator(), inputs, outputs, step.attributes()));
  }

  private static String base(Step step) {
    if (step.label().isEmpty()) {
      return step.operator();
    }
    return step.label() + "/" + step.operator();
  }

  private String value(Operand operand) {
    if (operand instanceof Operand.Input) {
      return INPUT;
    }
    if (operand instanceof Operand.Absent) {
      return "";
    }
    if (operand instanceof Operand.Result result) {
      return known.get(result);
    }
    if (operand instanceof Operand.Stored stored) {
      constants.put(stored.tensor().name(), stored.tensor());
      return stored.tensor().name();
    }
    if (operand instanceof Operand.Constant constant) {
      return once(constant, () -> constant(constant));
    }
    if (operand instanceof Operand.Scalar scalar) {
      return once(scalar, () -> scalar(scalar.value()));
    }
    if (operand instanceof Operand.Lengths lengths) {
      return once(lengths, () -> row(lengths.values().stream().mapToLong(v -> v).toArray()));
    }
    if (operand instanceof Operand.ScalarLaw law) {
      return once(law, () -> scalar(law));
    }
    return lengths((Operand.LengthLaws) operand);
  }

  private String once(Object key, Supplier<String> maker) {
    String name = known.get(key);
    if (name == null) {
      name = maker.get();
      known.put(key, name);
    }
    return name;
  }

  private String constant(Operand.Constant constant) {
    String name = constant.name();
    if (name.isEmpty() || constants.containsKey(name)) {
      name = unique("constant");
    }
    constants.put(name, Tensor.floats(name, constant.dims(), constant.values()));
    return name;
  }

  private String scalar(float value) {
    String name = unique("number");
    constants.put(name, Tensor.floats(name, new long[0], new float[] {value}));
    return name;
  }

  private String row(long... values) {
    String name = unique("lengths");
    constants.put(name, Tensor.longs(name, values));
    return name;
  }

  private String lengths(Operand.LengthLaws laws) {
    return once(
        laws,
        () -> {
          List<String> parts = laws.laws().stream().map(this::length).toList();
          if (parts.size() == 1) {
            return parts.get(0);
          }
          return node("Concat", parts, Map.of("axis", Attribute.of(0L)));
        });
  }

  private String length(LengthLaw law) {
    return once(
        law,
        () -> {
          if (law instanceof LengthLaw.Fixed fixed) {
            return row(fixed.length());
          }
          if (law instanceof LengthLaw.OfResult of) {
            return scaled(axis(known.get(of.result()), of.axis()), of.factor(), 0);
          }
          if (law instanceof LengthLaw.Missing missing) {
            return missing(missing);
          }
          LengthLaw.OfInput of = (LengthLaw.OfInput) law;
          return scaled(product(of.axes()), of.factor(), of.offset());
        });
  }

  private String missing(LengthLaw.Missing law) {
    String length = scaled(axis(value(law.of()), law.axis()), -1, 0);
    return node("Mod", List.of(length, value(Operand.Lengths.of(law.multiple()))), Map.of());
  }

  private String product(List<Integer> axes) {
    String product = axis(INPUT, axes.get(0));
    for (int axis : axes.subList(1, axes.size())) {
      product = node("Mul", List.of(product, axis(INPUT, axis)), Map.of());
    }
    return product;
  }

  private String scaled(String length, long factor, long offset) {
    String scaled = length;
    if (factor != 1) {
      scaled = node("Mul", List.of(scaled, value(Operand.Lengths.of(factor))), Map.of());
    }
    if (offset != 0) {
      scaled = node("Add", List.of(scaled, value(Operand.Lengths.of(offset))), Map.of());
    }
    return scaled;
  }

  private String axis(String value, int axis) {
    String shape = once("shape of " + value, () -> node("Shape", List.of(value), Map.of()));
    return once(
        "axis " + axis + " of " + value,
        () ->
            node(
                "Gather",
                List.of(shape, value(Operand.Lengths.of(axis))),
                Map.of("axis", Attribute.of(0L))));
  }

  private String scalar(Operand.ScalarLaw law) {
    String pixels = product(List.of(2, 3));
    String real =
        node("Cast", List.of(pixels), Map.of("to", Attribute.of((long) ElementType.FLOAT.code())));
    String power = node("Pow", List.of(real, value(new Operand.Scalar(law.power()))), Map.of());
    return node("Mul", List.of(power, value(new Operand.Scalar(law.factor()))), Map.of());
  }

  private String node(String operator, List<String> inputs, Map<String, Attribute> attributes) {
    String name = unique(operator);
    nodes.add(new Node(name, operator, inputs, List.of(name + "_out"), new TreeMap<>(attributes)));
    return name + "_out";
  }

  private String unique(String base) {
    int count = counts.merge(base, 1, Integer::sum);
    if (count == 1 && base.contains("/")) {
      return base;
    }
    return base + "_" + count;
  }

  /** Returns axes of known length. */
  public static List<Port.Axis> fixed(Shape shape) {
    List<Port.Axis> axes = new ArrayList<>();
    for (long length : shape.getShape()) {
      axes.add(new Port.Axis.Fixed(length));
    }
    return axes;
  }
}
