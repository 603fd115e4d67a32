package org.distillgrid.kd.weights.torch;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a pickle can hold here. Lists and dictionaries may contain themselves, so that none of them
 * is ever compared, hashed or printed as a whole.
 */
interface PickleValue {
  /** Returns what it is, for a message. */
  String kind();

  /** A text. */
  record Text(String text) implements PickleValue {
    @Override
    public String kind() {
      return "a text";
    }
  }

  /** A whole number of at most 64 bits. */
  record Whole(long number) implements PickleValue {
    @Override
    public String kind() {
      return "a number";
    }
  }

  /** A whole number of more bits. */
  record Huge(BigInteger number) implements PickleValue {
    @Override
    public String kind() {
      return "a number";
    }
  }

  /** Something that no tensor is made of: nothing is kept but what it is. */
  enum Plain implements PickleValue {
    NONE("nothing"),
    FLAG("a truth value"),
    NUMBER("a number"),
    BYTES("bytes"),
    LONG_TEXT("a text"),
    DEVICE("a device");

    private final String kind;

    Plain(String kind) {
      this.kind = kind;
    }

    @Override
    public String kind() {
      return kind;
    }
  }

  /**
   * A stand-in for an object of Python that no tensor needs. Nothing of its class is looked up or
   * run; what the pickle hangs on it is kept, because a dictionary or a module may be among it.
   */
  final class Opaque implements PickleValue {
    private final String name;
    private final Dictionary entries = new Dictionary();
    private PickleValue state = Plain.NONE;

    /** Names the class or the function that would have made it. */
    Opaque(String name) {
      this.name = name;
    }

    String name() {
      return name;
    }

    /** Returns what was set in it as in a dictionary. */
    Dictionary entries() {
      return entries;
    }

    /** Returns what hangs on it: of most objects their attributes, a dictionary. */
    PickleValue state() {
      return state;
    }

    void state(PickleValue built) {
      state = built;
    }

    @Override
    public String kind() {
      return "a Python object, " + name;
    }
  }

  /** A list, a tuple or a set. */
  final class Items implements PickleValue {
    private List<PickleValue> values = List.of();

    /** Adds to the end. */
    void addAll(List<PickleValue> more) {
      if (values.isEmpty()) {
        values = new ArrayList<>(more.size());
      }
      values.addAll(more);
    }

    int size() {
      return values.size();
    }

    PickleValue at(int index) {
      return values.get(index);
    }

    @Override
    public String kind() {
      return "a list of " + values.size();
    }
  }

  /** A dictionary; of its entries only those are kept whose key is a text. */
  final class Dictionary implements PickleValue {
    private final Map<String, PickleValue> entries = new LinkedHashMap<>(2);
    private Map<String, String> attributes = Map.of();

    void put(PickleValue key, PickleValue value) {
      if (key instanceof Text name) {
        entries.put(name.text(), value);
      }
    }

    Map<String, PickleValue> entries() {
      return entries;
    }

    /** Returns the texts that hang on it beside its entries. */
    Map<String, String> attributes() {
      return attributes;
    }

    void attributes(Map<String, String> texts) {
      attributes = texts;
    }

    @Override
    public String kind() {
      return "a dictionary of " + entries.size();
    }
  }
}
