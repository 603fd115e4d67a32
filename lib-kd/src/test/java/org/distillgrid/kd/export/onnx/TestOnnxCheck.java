package org.distillgrid.kd.export.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.distillgrid.kd.error.GridException;
import org.junit.jupiter.api.Test;

class TestOnnxCheck {
  private static final List<Port.Axis> ROW =
      List.of(new Port.Axis.Fixed(1), new Port.Axis.Free("length"));

  private final List<Node> nodes =
      new ArrayList<>(
          List.of(
              node("first", "Relu", List.of("input"), "middle"),
              node("second", "Add", List.of("middle", "one"), "output")));
  private final List<Tensor> constants =
      new ArrayList<>(List.of(Tensor.floats("one", new long[] {1}, new float[] {1})));
  private List<Port.Axis> axes = ROW;

  @Test
  void acceptsASoundGraph() {
    assertThat(OnnxCheck.problems(model())).isEmpty();
    assertThat(ModelWriter.bytes(model())).isNotEmpty();
  }

  @Test
  void findsAValueThatIsReadTooEarly() {
    nodes.add(nodes.remove(0));
    assertThat(OnnxCheck.problems(model()))
        .containsExactly("second reads middle before it is made");
  }

  @Test
  void findsAValueThatIsMadeTwice() {
    nodes.add(node("third", "Relu", List.of("middle"), "output"));
    assertThat(OnnxCheck.problems(model()))
        .containsExactly("a value's name is empty or given twice: output");
  }

  @Test
  void findsANodeOfTheSameName() {
    nodes.add(node("first", "Relu", List.of("middle"), "unused"));
    assertThat(OnnxCheck.problems(model()))
        .containsExactly("a node's name is empty or given twice: first");
  }

  @Test
  void findsAnOutputThatNothingMakes() {
    nodes.remove(1);
    assertThat(OnnxCheck.problems(model())).containsExactly("the output output is made by no node");
  }

  @Test
  void findsAConstantOfAnotherSize() {
    constants.add(new Tensor("short", ElementType.INT4, new long[] {3, 3}, new byte[4]));
    assertThat(OnnxCheck.problems(model())).containsExactly("short has 4 bytes, its sizes want 5");
  }

  @Test
  void findsAnOperatorThatIsNotKnown() {
    nodes.add(node("third", "Reluu", List.of("middle"), "unused"));
    assertThat(OnnxCheck.problems(model()))
        .containsExactly("third has an operator that is not known: Reluu");
  }

  @Test
  void findsTooManyInputs() {
    nodes.add(node("third", "Relu", List.of("middle", "one"), "unused"));
    assertThat(OnnxCheck.problems(model()))
        .containsExactly("third has 2 inputs and 1 outputs, which Relu does not take");
  }

  @Test
  void findsAnAxisWithoutLength() {
    axes = List.of(new Port.Axis.Fixed(0));
    assertThat(OnnxCheck.problems(model()))
        .containsExactly("input has an axis of length 0", "output has an axis of length 0");
  }

  @Test
  void namesTheFirstProblem() {
    nodes.remove(1);
    assertThatThrownBy(() -> ModelWriter.bytes(model()))
        .isInstanceOf(GridException.class)
        .hasMessage(
            "Cannot export test: its graph breaks 1 rules of ONNX, the first: the output output is"
                + " made by no node");
  }

  @Test
  void packsTwoSmallIntegersIntoAByte() {
    Tensor tensor = Tensor.integers("t", ElementType.INT4, new long[] {3}, new int[] {-8, 7, -1});
    assertThat(tensor.raw()).containsExactly(0x78, 0x0F);
    assertThatThrownBy(
            () -> Tensor.integers("t", ElementType.UINT4, new long[] {1}, new int[] {16}))
        .hasMessage("t has a value outside UINT4: 16");
  }

  private static Node node(String name, String operator, List<String> inputs, String output) {
    return new Node(name, operator, inputs, List.of(output), new TreeMap<>());
  }

  private Model model() {
    return new Model(
        "test",
        nodes,
        constants,
        List.of(new Port("input", ElementType.FLOAT, axes)),
        List.of(new Port("output", ElementType.FLOAT, axes)),
        new TreeMap<>());
  }
}
