package org.distillgrid.kd.weights.torch;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.distillgrid.kd.weights.Printable;
import org.distillgrid.kd.weights.Problem;
import org.distillgrid.kd.weights.StoredType;
import org.distillgrid.kd.weights.torch.PickleValue.Dictionary;
import org.distillgrid.kd.weights.torch.PickleValue.Items;
import org.distillgrid.kd.weights.torch.PickleValue.Opaque;
import org.distillgrid.kd.weights.torch.PickleValue.Plain;
import org.distillgrid.kd.weights.torch.PickleValue.Text;
import org.distillgrid.kd.weights.torch.PickleValue.Whole;

/**
 * The names that the pickle of a PyTorch state dict needs. For any other stands an opaque object:
 * to make the real one would be to run the file's code.
 */
final class TorchGlobals implements PickleGlobals {
  /** A class that stands for a type of numbers; it is never called. */
  private record TypeName(StoredType type, Problem problem) implements Global {
    @Override
    public PickleValue call(Items arguments, IntConsumer work) {
      throw problem.damaged("its pickle calls a type of numbers");
    }
  }

  /** A name that no tensor needs; what a call of it would return is as opaque as itself. */
  record Stranger(String name) implements Global {
    @Override
    public PickleValue call(Items arguments, IntConsumer work) {
      if (RECONSTRUCTORS.contains(name)
          && arguments.size() > 0
          && arguments.at(0) instanceof Stranger type) {
        return new Opaque(type.name);
      }
      return new Opaque(name);
    }

    @Override
    public String kind() {
      return "a Python object, " + name;
    }
  }

  // Functions that make an object of the class that is their first argument.
  private static final List<String> RECONSTRUCTORS =
      List.of(
          "copyreg._reconstructor",
          "copy_reg._reconstructor",
          "numpy.core.multiarray._reconstruct",
          "numpy._core.multiarray._reconstruct");

  // Functions and classes around a tensor, which is their first argument.
  private static final List<String> PARAMETERS =
      List.of(
          "torch._utils._rebuild_parameter",
          "torch._utils._rebuild_parameter_with_state",
          "torch._utils._rebuild_device_tensor_from_cpu_tensor",
          "torch.nn.parameter.Parameter",
          "torch.nn.parameter.Buffer");

  private final Problem problem;
  private final Map<String, Global> known = new TreeMap<>();
  private final Map<String, StoredType> storages = new TreeMap<>();

  TorchGlobals(Problem problem) {
    this.problem = problem;
    TensorRebuilder tensors = new TensorRebuilder(problem);
    known.put("collections.OrderedDict", this::orderedDictionary);
    // Its argument makes entries that are missing, which no reader asks for.
    known.put("collections.defaultdict", (arguments, work) -> new Dictionary());
    // How Python writes bytes into pickles of the older protocols.
    known.put("_codecs.encode", (arguments, work) -> Plain.BYTES);
    known.put("torch.Size", (arguments, work) -> argument(arguments, 0));
    known.put("torch.device", (arguments, work) -> Plain.DEVICE);
    known.put("torch._utils._rebuild_tensor", (arguments, work) -> tensors.typed(arguments));
    known.put("torch._utils._rebuild_tensor_v2", (arguments, work) -> tensors.typed(arguments));
    for (String wrapper : PARAMETERS) {
      known.put(wrapper, (arguments, work) -> argument(arguments, 0));
    }
    known.put("torch._tensor._rebuild_from_type_v2", this::rebuilt);
    known.put(
        "torch._utils._rebuild_tensor_v3",
        (arguments, work) -> tensors.as(type(argument(arguments, 6)), arguments));
    TorchNames.STORAGES.forEach((name, type) -> put("torch." + name, type));
    for (StoredType type : StoredType.values()) {
      put("torch." + type.label(), type);
    }
    for (String name : List.of("UntypedStorage", "_UntypedStorage")) {
      put("torch.storage." + name, StoredType.UINT8);
    }
  }

  /** Returns the type of the numbers of every storage that was referred to, by key. */
  Map<String, StoredType> storages() {
    return storages;
  }

  @Override
  public Global global(String module, String name) {
    String whole = module + "." + name;
    return known.getOrDefault(whole, new Stranger(Printable.of(whole)));
  }

  @Override
  public PickleValue persistent(PickleValue id) {
    if (id instanceof Items items && items.size() >= 2 && items.at(0) instanceof Text kind) {
      // The first releases wrote the source code of a class beside its name.
      if (kind.text().equals("module")) {
        return items.at(1);
      }
      if (kind.text().equals("storage") && items.at(1) instanceof Stranger type) {
        return new Opaque(type.name());
      }
    }
    if (id instanceof Items items
        && items.size() >= 5
        && items.at(0) instanceof Text kind
        && kind.text().equals("storage")
        && items.at(4) instanceof Whole elements) {
      TorchStorage storage =
          new TorchStorage(type(items.at(1)), key(items.at(2)), 0, elements.number());
      storages.putIfAbsent(storage.key(), storage.type());
      return view(storage, items);
    }
    throw problem.damaged("its pickle refers to something that is no storage");
  }

  // Files of the first releases cut views out of storages: (key of the view, offset, length).
  private PickleValue view(TorchStorage storage, Items id) {
    if (id.size() == 5 || id.at(5) == Plain.NONE) {
      return storage;
    }
    if (id.at(5) instanceof Items view
        && view.size() == 3
        && view.at(1) instanceof Whole offset
        && view.at(2) instanceof Whole length
        && offset.number() >= 0
        && length.number() >= 0
        && offset.number() <= storage.elements() - length.number()) {
      return new TorchStorage(storage.type(), storage.key(), offset.number(), length.number());
    }
    throw problem.damaged("its pickle refers to a view that leaves its storage");
  }

  @Override
  public void build(PickleValue value, PickleValue state) {
    if (value instanceof Opaque object) {
      object.state(state);
    }
    if (value instanceof Dictionary dictionary
        && state instanceof Dictionary attributes
        && attributes.entries().get(TorchNames.METADATA) instanceof Dictionary texts) {
      Map<String, String> metadata = new TreeMap<>();
      texts
          .entries()
          .forEach(
              (key, text) -> {
                if (text instanceof Text written) {
                  metadata.put(key, written.text());
                }
              });
      dictionary.attributes(metadata);
    }
  }

  private PickleValue orderedDictionary(Items arguments, IntConsumer work) {
    Dictionary dictionary = new Dictionary();
    if (arguments.size() == 0) {
      return dictionary;
    }
    if (argument(arguments, 0) instanceof Items pairs) {
      work.accept(pairs.size());
      for (int i = 0; i < pairs.size(); i++) {
        if (!(pairs.at(i) instanceof Items pair) || pair.size() != 2) {
          throw problem.damaged("its pickle makes a dictionary of " + pairs.at(i).kind());
        }
        dictionary.put(pair.at(0), pair.at(1));
      }
      return dictionary;
    }
    throw problem.damaged("its pickle makes a dictionary of " + arguments.at(0).kind());
  }

  // (function, type, arguments, attributes): a tensor that someone hung attributes on.
  private PickleValue rebuilt(Items arguments, IntConsumer work) {
    if (argument(arguments, 0) instanceof Global function
        && argument(arguments, 2) instanceof Items inner) {
      return function.call(inner, work);
    }
    throw problem.damaged("its pickle calls " + arguments.at(0).kind());
  }

  private PickleValue argument(Items arguments, int index) {
    if (index >= arguments.size()) {
      throw problem.damaged("its pickle calls a function with too few arguments");
    }
    return arguments.at(index);
  }

  private StoredType type(PickleValue value) {
    if (value instanceof TypeName name) {
      return name.type();
    }
    throw problem.damaged("its pickle uses " + value.kind() + " as a type of numbers");
  }

  private String key(PickleValue value) {
    if (value instanceof Text text) {
      return text.text();
    }
    if (value instanceof Whole whole) {
      return Long.toString(whole.number());
    }
    throw problem.damaged("its pickle uses " + value.kind() + " as the key of a storage");
  }

  private void put(String name, StoredType type) {
    known.put(name, new TypeName(type, problem));
  }

  /** Returns why a file that holds such an object, and no tensor, cannot be read. */
  static String refusal(String name) {
    int dot = name.lastIndexOf('.');
    String module = name.substring(0, Math.max(0, dot));
    if (module.equals("torch") || module.equals("torch.storage")) {
      return "it needs " + name + "; readable are tensors of floats, integers and booleans";
    }
    if (dot + 1 < name.length() && Character.isUpperCase(name.codePointAt(dot + 1))) {
      return "it holds a whole Python object ("
          + name
          + "), not a state dict; save model.state_dict() instead";
    }
    return "it calls " + name + ", which no tensor needs; save model.state_dict() instead";
  }
}
