package org.distillgrid.kd.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.random.Draws;
import org.distillgrid.kd.weights.HostTensor;

/**
 * Parameters that are updated together. All of them are views into one flat buffer, so that an
 * optimiser, a moving average or a hash works on one tensor however many layers there are.
 */
public final class ParameterSet implements AutoCloseable {
  private final Map<String, Parameter> byName = new LinkedHashMap<>();
  private NDManager manager;
  private NDArray flat;

  /**
   * Adds a parameter before the set is opened; its first values are drawn on opening.
   *
   * @param draws the generators of first values, keyed by the parameter's name
   */
  public Parameter add(String name, Shape shape, Initializer initializer, Draws draws) {
    return add(name, Parameter.Kind.LEARNED, shape, initializer, draws);
  }

  /** Adds a tensor that training observes instead of learning; its gradient is zero. */
  Parameter addStatistic(String name, Shape shape, Initializer initializer, Draws draws) {
    return add(name, Parameter.Kind.STATISTIC, shape, initializer, draws);
  }

  private Parameter add(
      String name, Parameter.Kind kind, Shape shape, Initializer initializer, Draws draws) {
    if (flat != null) {
      throw new IllegalStateException("Parameter set is open: " + name);
    }
    int elements = Math.toIntExact(shape.size());
    Parameter parameter =
        new Parameter(name, kind, shape, () -> initializer.values(elements, draws.at(0, name)));
    if (byName.put(name, parameter) != null) {
      throw new IllegalStateException("Parameter is added twice: " + name);
    }
    return parameter;
  }

  /** Allocates the buffer and gives every parameter its view and its first values. */
  public ParameterSet open(NDManager parent) {
    manager = parent.newSubManager();
    float[] values = new float[Math.toIntExact(elements())];
    int offset = 0;
    for (Parameter parameter : byName.values()) {
      System.arraycopy(parameter.initial(), 0, values, offset, parameter.elements());
      offset += parameter.elements();
    }
    flat = Tensors.aligned(values, new Shape(values.length), manager);
    offset = 0;
    for (Parameter parameter : byName.values()) {
      int end = offset + parameter.elements();
      NDArray view = flat.get(new NDIndex("{}:{}", offset, end)).reshape(parameter.shape());
      parameter.bind(view);
      offset = end;
    }
    return this;
  }

  /** Makes the parameters leaves of the gradient tape. */
  public ParameterSet trainable() {
    learned().forEach(parameter -> parameter.array().setRequiresGradient(true));
    return this;
  }

  /** Returns the parameters in the order in which they were added. */
  public Collection<Parameter> all() {
    return Collections.unmodifiableCollection(byName.values());
  }

  /** Returns the parameters' sizes by name, in the order in which they were added. */
  public Map<String, Shape> shapes() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    byName.forEach((name, parameter) -> shapes.put(name, parameter.shape()));
    return shapes;
  }

  /** Returns whether there is no parameter at all. */
  public boolean isEmpty() {
    return byName.isEmpty();
  }

  /** Returns how many numbers there are in all parameters together, statistics included. */
  public long elements() {
    return byName.values().stream().mapToLong(Parameter::elements).sum();
  }

  /** Returns how many numbers are learned: what the literature counts as parameters. */
  public long learnedElements() {
    return learned().mapToLong(Parameter::elements).sum();
  }

  private Stream<Parameter> learned() {
    return byName.values().stream().filter(ParameterSet::isLearned);
  }

  private static boolean isLearned(Parameter parameter) {
    return parameter.kind() == Parameter.Kind.LEARNED;
  }

  /** Returns the buffer: every parameter, one after the other, as one row of numbers. */
  public NDArray flat() {
    return flat;
  }

  /** Returns the gradients in the layout of {@link #flat}, in the manager of a step. */
  public NDArray gradient(NDManager step) {
    NDList rows = new NDList(byName.size());
    for (Parameter parameter : byName.values()) {
      if (isLearned(parameter)) {
        NDArray gradient = parameter.array().getGradient();
        gradient.attach(step);
        rows.add(gradient.flatten());
      } else {
        rows.add(step.zeros(new Shape(parameter.elements())));
      }
    }
    return NDArrays.concat(rows);
  }

  /**
   * Returns 1 for each number that is learned and 0 for each that is observed, in the layout of
   * {@link #flat}.
   */
  public NDArray learnedMask(NDManager owner) {
    float[] mask = new float[Math.toIntExact(elements())];
    int offset = 0;
    for (Parameter parameter : byName.values()) {
      int end = offset + parameter.elements();
      if (isLearned(parameter)) {
        Arrays.fill(mask, offset, end, 1);
      }
      offset = end;
    }
    return Tensors.aligned(mask, new Shape(mask.length), owner);
  }

  /** Sets every gradient to zero; PyTorch adds up what it is not told to forget. */
  public void clearGradient() {
    learned().forEach(parameter -> JniUtils.zeroGrad((PtNDArray) parameter.array()));
  }

  /** Copies every parameter to the host. */
  public SortedMap<String, HostTensor> export() {
    return export(HostValues.of(flat));
  }

  /** Splits a buffer in the layout of {@link #flat}, a moving average say, into named tensors. */
  public SortedMap<String, HostTensor> export(float[] buffer) {
    SortedMap<String, HostTensor> tensors = new TreeMap<>();
    int offset = 0;
    for (Parameter parameter : byName.values()) {
      float[] values = new float[parameter.elements()];
      System.arraycopy(buffer, offset, values, 0, values.length);
      tensors.put(parameter.name(), new HostTensor(parameter.shape().getShape(), values));
      offset += values.length;
    }
    return tensors;
  }

  /**
   * Overwrites every parameter.
   *
   * @param source names the tensors in a message, usually a file
   * @throws GridException if a tensor is missing or has another shape
   */
  public void load(Map<String, HostTensor> tensors, String source) {
    requireFit(tensors, source);
    float[] values = new float[Math.toIntExact(elements())];
    int offset = 0;
    for (Parameter parameter : byName.values()) {
      HostTensor tensor = tensors.get(parameter.name());
      System.arraycopy(tensor.values(), 0, values, offset, parameter.elements());
      offset += parameter.elements();
    }
    overwrite(values);
  }

  /**
   * Checks that tensors hold every parameter.
   *
   * @param source names the tensors in a message, usually a file
   * @throws GridException if a tensor is missing or has another shape
   */
  public void requireFit(Map<String, HostTensor> tensors, String source) {
    for (Parameter parameter : byName.values()) {
      HostTensor tensor = tensors.get(parameter.name());
      if (tensor == null) {
        throw GridException.of(
            ErrorCode.INPUT, "Cannot load %s: it has no tensor %s", source, parameter.name());
      }
      Shape shape = new Shape(tensor.shape());
      if (!shape.equals(parameter.shape())) {
        throw GridException.of(
            ErrorCode.INPUT,
            "Cannot load %s: %s has shape %s, the network wants %s",
            source,
            parameter.name(),
            shape,
            parameter.shape());
      }
    }
  }

  /** Overwrites the buffer with numbers in its own layout. */
  public void overwrite(float[] values) {
    try (NDManager scratch = manager.newSubManager()) {
      overwrite(scratch.create(values));
    }
  }

  /** Overwrites the buffer with another of its own layout; the parameters stay views of it. */
  public void overwrite(NDArray values) {
    // NDArray.set(Buffer) and copyTo would give the buffer new storage and orphan the views.
    flat.set(new NDIndex(":"), values);
  }

  @Override
  public void close() {
    if (manager != null) {
      manager.close();
    }
  }
}
