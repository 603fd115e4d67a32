package org.distillgrid.kd.weights.torch;

import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import org.distillgrid.kd.weights.Printable;
import org.distillgrid.kd.weights.Problem;
import org.distillgrid.kd.weights.torch.PickleValue.Dictionary;
import org.distillgrid.kd.weights.torch.PickleValue.Items;
import org.distillgrid.kd.weights.torch.PickleValue.Opaque;
import org.distillgrid.kd.weights.torch.PickleValue.Plain;
import org.distillgrid.kd.weights.torch.PickleValue.Text;
import org.distillgrid.kd.weights.torch.PickleValue.Whole;

/**
 * Reads Python's pickle format as data. It knows the operations that build numbers, texts, lists
 * and dictionaries; a name of Python is looked up among a few that are given, and nothing of the
 * file is ever run. There are no jumps, so that every pickle ends within its length.
 */
final class PickleMachine {
  private static final int NEWEST_PROTOCOL = 5;
  private static final int MOST_DIGITS = 64;

  private final PickleInput input;
  private final PickleGlobals globals;
  private final Problem problem;
  private final PickleStack stack;

  private PickleMachine(PickleInput input, PickleGlobals globals, Problem problem) {
    this.input = input;
    this.globals = globals;
    this.problem = problem;
    this.stack = new PickleStack(problem);
  }

  /**
   * Returns the value of the pickle that starts at the input's position, and leaves the input
   * behind its end.
   *
   * @throws org.distillgrid.kd.error.GridException if it is damaged or uses a name that is not
   *     among the few
   */
  static PickleValue read(PickleInput input, PickleGlobals globals, Problem problem)
      throws IOException {
    return new PickleMachine(input, globals, problem).run();
  }

  private PickleValue run() throws IOException {
    for (int operation = input.unsignedByte(); operation != '.'; operation = input.unsignedByte()) {
      if (!literal(operation) && !container(operation) && !naming(operation)) {
        throw problem.damaged(String.format("its pickle has the operation 0x%02x", operation));
      }
    }
    return stack.pop();
  }

  private boolean literal(int operation) throws IOException {
    switch (operation) {
      case 'N' -> stack.push(Plain.NONE);
      case 0x88, 0x89 -> stack.push(Plain.FLAG);
      case 'J' -> stack.push(new Whole(input.integer()));
      case 'K' -> stack.push(new Whole(input.unsignedByte()));
      case 'M' -> stack.push(new Whole(input.unsignedShort()));
      case 'I', 'L' -> stack.push(decimal(input.line()));
      case 0x8a -> stack.push(input.whole(input.unsignedByte()));
      case 0x8b -> stack.push(input.whole(input.integer()));
      case 'F' -> {
        input.line();
        stack.push(Plain.NUMBER);
      }
      case 'G' -> {
        input.skip(Double.BYTES);
        stack.push(Plain.NUMBER);
      }
      case 'S' -> stack.push(quoted(input.line()));
      case 'V' -> stack.push(new Text(input.line()));
      case 'T' -> stack.push(input.text(input.integer()));
      case 'U', 0x8c -> stack.push(input.text(input.unsignedByte()));
      case 'X' -> stack.push(input.text(input.unsignedInteger()));
      case 0x8d -> stack.push(input.text(input.longInteger()));
      case 'C' -> bytes(input.unsignedByte());
      case 'B' -> bytes(input.unsignedInteger());
      case 0x8e, 0x96 -> bytes(input.longInteger());
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean container(int operation) throws IOException {
    switch (operation) {
      case '(' -> stack.mark();
      case '0' -> stack.pop();
      case '1' -> stack.popToMark();
      case '2' -> stack.push(stack.top());
      case ')', ']', 0x8f -> stack.push(new Items());
      case 't', 'l', 0x91 -> stack.push(items(stack.popToMark()));
      case 0x85, 0x86, 0x87 -> stack.push(items(stack.pop(operation - 0x84)));
      case 'a' -> append(stack.pop(1));
      case 'e', 0x90 -> append(stack.popToMark());
      case '}' -> stack.push(new Dictionary());
      case 'd' -> {
        List<PickleValue> entries = stack.popToMark();
        stack.push(new Dictionary());
        enter(entries);
      }
      case 's' -> enter(stack.pop(2));
      case 'u' -> enter(stack.popToMark());
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean naming(int operation) throws IOException {
    switch (operation) {
      case 0x80 -> requireProtocol(input.unsignedByte());
      case 0x95 -> input.longInteger();
      case 'p' -> stack.remember(number(input.line()));
      case 'q' -> stack.remember(input.unsignedByte());
      case 'r' -> stack.remember(input.unsignedInteger());
      case 0x94 -> stack.remember();
      case 'g' -> stack.recall(number(input.line()));
      case 'h' -> stack.recall(input.unsignedByte());
      case 'j' -> stack.recall(input.unsignedInteger());
      case 'c' -> stack.push(globals.global(input.line(), input.line()));
      case 0x93 -> {
        List<PickleValue> names = stack.pop(2);
        stack.push(globals.global(text(names.get(0)), text(names.get(1))));
      }
      case 'R', 0x81 -> {
        List<PickleValue> call = stack.pop(2);
        stack.push(call(call.get(0), call.get(1)));
      }
      case 0x92 -> {
        // Named arguments play no part: only tensors have arguments that count.
        List<PickleValue> call = stack.pop(3);
        stack.push(call(call.get(0), call.get(1)));
      }
      case 'b' -> {
        PickleValue state = stack.pop();
        globals.build(stack.top(), state);
      }
      case 'P' -> stack.push(globals.persistent(new Text(input.line())));
      case 'Q' -> stack.push(globals.persistent(stack.pop()));
      default -> {
        return false;
      }
    }
    return true;
  }

  private PickleValue call(PickleValue function, PickleValue arguments) {
    if (function instanceof PickleGlobals.Global global && arguments instanceof Items items) {
      return global.call(items, stack::charge);
    }
    throw problem.damaged("its pickle calls " + function.kind());
  }

  private void bytes(long length) throws IOException {
    input.skip(length);
    stack.push(Plain.BYTES);
  }

  private void append(List<PickleValue> more) {
    if (stack.top() instanceof Items items) {
      items.addAll(more);
    } else if (!(stack.top() instanceof Opaque)) {
      throw problem.damaged("its pickle appends to " + stack.top().kind());
    }
  }

  private void enter(List<PickleValue> entries) {
    if (!(dictionary(stack.top()) instanceof Dictionary dictionary) || entries.size() % 2 != 0) {
      throw problem.damaged("its pickle sets an entry of " + stack.top().kind());
    }
    for (int i = 0; i < entries.size(); i += 2) {
      dictionary.put(entries.get(i), entries.get(i + 1));
    }
  }

  private static PickleValue dictionary(PickleValue value) {
    if (value instanceof Opaque object) {
      return object.entries();
    }
    return value;
  }

  private void requireProtocol(int protocol) {
    if (protocol > NEWEST_PROTOCOL) {
      throw problem.damaged("its pickle has protocol " + protocol);
    }
  }

  private String text(PickleValue value) {
    if (value instanceof Text text) {
      return text.text();
    }
    throw problem.damaged("its pickle uses " + value.kind() + " as a name");
  }

  private PickleValue decimal(String written) {
    if (written.equals("00") || written.equals("01")) {
      return Plain.FLAG;
    }
    String digits = written.replaceFirst("L$", "");
    if (digits.length() > MOST_DIGITS || !digits.matches("[+-]?[0-9]+")) {
      throw problem.damaged("its pickle holds the number " + Printable.of(written));
    }
    return PickleInput.whole(new BigInteger(digits));
  }

  private long number(String written) {
    if (decimal(written) instanceof Whole whole) {
      return whole.number();
    }
    throw problem.damaged("its pickle holds the number " + Printable.of(written));
  }

  private static PickleValue quoted(String written) {
    String text = written;
    if (written.length() >= 2) {
      text = written.substring(1, written.length() - 1);
    }
    return new Text(text);
  }

  private static Items items(List<PickleValue> values) {
    Items items = new Items();
    items.addAll(values);
    return items;
  }
}
