package org.distillgrid.kd.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.LayerFactory;
import org.distillgrid.kd.nn.Multiplication;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.nn.Pass;
import org.distillgrid.kd.nn.WeightedLayer;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.weights.Checkpoint;
import org.distillgrid.kd.weights.HostTensor;
import org.distillgrid.kd.weights.file.Buffers;

/**
 * A network that was built from its name: its architecture, its layers and its parameters, which it
 * owns until it is closed.
 */
public final class Network implements AutoCloseable {
  /** Metadata key of a checkpoint: the model's name with every option. */
  public static final String MODEL_KEY = "model";

  private static final String SCALE_KEY = "scale";
  private static final String CHANNELS_KEY = "channels";

  private final ModelFamily family;
  private final ModelName name;
  private final ModelTarget target;
  private final Architecture architecture;
  private final ParameterSet parameters;
  private final List<Multiplication> multiplications;

  private Network(
      ModelFamily family,
      ModelName name,
      ModelTarget target,
      Architecture architecture,
      ParameterSet parameters,
      List<Multiplication> multiplications) {
    this.family = family;
    this.name = name;
    this.target = target;
    this.architecture = architecture;
    this.parameters = parameters;
    this.multiplications = Collections.unmodifiableList(multiplications);
  }

  /**
   * Builds a network with first values.
   *
   * @param model its name, for instance {@code edsr-c64-b16}
   * @param target image channels and scale
   * @param draws the generators of first values
   * @param parent owns the network's buffers unless it is closed before
   * @throws GridException if the name is wrong or the family lacks the scale
   */
  public static Network build(String model, ModelTarget target, Draws draws, NDManager parent) {
    return build(ModelName.parse(model, Models.registry()), target, draws, parent);
  }

  /**
   * Builds a network with first values from its parsed name.
   *
   * @param draws the generators of first values
   * @param parent owns the network's buffers unless it is closed before
   * @throws GridException if the family lacks the scale
   */
  public static Network build(ModelName name, ModelTarget target, Draws draws, NDManager parent) {
    Network network = unopened(name, target, draws);
    network.parameters.open(parent);
    return network;
  }

  /**
   * Returns the least height and width of an input that a model restores.
   *
   * @param model its name, for instance {@code rlfn-c16}
   */
  public static int leastSide(String model) {
    ModelName name = ModelName.parse(model, Models.registry());
    return Models.registry().named(name.family()).leastSide(name);
  }

  /**
   * Returns the sizes of the parameters that a network would have, without making it.
   *
   * @throws GridException if the name is wrong or the family lacks the scale
   */
  static Map<String, Shape> shapes(String model, ModelTarget target) {
    ModelName name = ModelName.parse(model, Models.registry());
    return unopened(name, target, Draws.of("shapes")).parameters.shapes();
  }

  private static Network unopened(ModelName name, ModelTarget target, Draws draws) {
    ModelFamily family = Models.registry().named(name.family());
    if (!family.scales().contains(target.scale())) {
      throw GridException.of(
          ErrorCode.USAGE,
          "Cannot build %s at scale %d: %s has scales %s",
          name.text(),
          target.scale(),
          family.name(),
          new TreeSet<>(family.scales()));
    }
    ParameterSet parameters = new ParameterSet();
    List<Multiplication> multiplications = new ArrayList<>();
    Architecture architecture =
        family.build(name, target, LayerFactory.into(parameters, multiplications, draws));
    return new Network(family, name, target, architecture, parameters, multiplications);
  }

  /**
   * Builds a network with the weights of a checkpoint.
   *
   * @param source names the checkpoint in a message, usually a file
   * @throws GridException also if the checkpoint is one of another architecture
   */
  public static Network load(
      String model, ModelTarget target, Checkpoint checkpoint, String source, NDManager parent) {
    Network network = build(model, target, Draws.of("overwritten"), parent);
    try {
      network.load(checkpoint, source);
      return network;
    } catch (GridException e) {
      network.close();
      throw e;
    }
  }

  /** Returns the image channels of the network that a checkpoint was taken of, if it says so. */
  public static OptionalInt imageChannels(Checkpoint checkpoint) {
    return imageChannels(checkpoint.metadata());
  }

  /** Returns the image channels of a network by the texts that travel with it, if they say so. */
  public static OptionalInt imageChannels(Map<String, String> metadata) {
    String channels = metadata.getOrDefault(CHANNELS_KEY, "");
    return switch (channels) {
      case "1" -> OptionalInt.of(1);
      case "3" -> OptionalInt.of(3);
      default -> OptionalInt.empty();
    };
  }

  /** Returns its name, parsed. */
  public ModelName name() {
    return name;
  }

  /** Returns what it restores. */
  public ModelTarget target() {
    return target;
  }

  /** Returns it as head, segments and tail. */
  public Architecture architecture() {
    return architecture;
  }

  /** Returns its weights and biases. */
  public ParameterSet parameters() {
    return parameters;
  }

  /** Returns its layers with a weight in the order in which they were made. */
  public List<WeightedLayer> layers() {
    return multiplications.stream()
        .filter(WeightedLayer.class::isInstance)
        .map(WeightedLayer.class::cast)
        .toList();
  }

  /** Returns its layers and its products of activations in the order in which they were made. */
  public List<Multiplication> multiplications() {
    return multiplications;
  }

  /**
   * Overwrites its parameters with tensors under its own names or under others that its family
   * understands.
   *
   * @param source names the tensors in a message, usually a file
   * @throws GridException if the tensors are those of another architecture; it says which differ
   */
  public void load(Checkpoint checkpoint, String source) {
    Map<String, HostTensor> tensors =
        family.translate(name, target, Buffers.without(checkpoint.tensors()));
    CheckpointFit.require(this, family, Checkpoint.of(tensors, checkpoint.metadata()), source);
    parameters.load(tensors, source);
  }

  /** Returns a copy of its parameters, with its name, scale and image channels as metadata. */
  public Checkpoint checkpoint() {
    SortedMap<String, String> metadata = new TreeMap<>();
    metadata.put(MODEL_KEY, name.canonical());
    metadata.put(SCALE_KEY, Integer.toString(target.scale()));
    metadata.put(CHANNELS_KEY, Integer.toString(target.imageChannels()));
    return new Checkpoint(parameters.export(), metadata);
  }

  /**
   * Returns the restored images, not clamped, in the input's manager.
   *
   * @param input in [0, 1], N×C×h×w
   */
  public NDArray forward(NDArray input) {
    return Pass.of(architecture, input).output();
  }

  @Override
  public void close() {
    parameters.close();
  }
}
