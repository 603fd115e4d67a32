package org.distillgrid.kd.distill;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.weights.HostTensor;

/**
 * Several methods at once. Terms of one name are one term: the first method that has it gives it.
 *
 * @param parts the methods
 */
record SummedDistiller(List<Distiller> parts) implements Distiller {
  /** Takes an unmodifiable copy. */
  SummedDistiller {
    parts = List.copyOf(parts);
  }

  @Override
  public TeacherUse teacherUse() {
    if (parts.stream().anyMatch(part -> part.teacherUse() == TeacherUse.PASS)) {
      return TeacherUse.PASS;
    }
    return TeacherUse.NONE;
  }

  @Override
  public LossTerms loss(StepTensors tensors) {
    Map<String, NDArray> terms = new LinkedHashMap<>();
    parts.forEach(part -> part.loss(tensors).byName().forEach(terms::putIfAbsent));
    return new LossTerms(terms);
  }

  @Override
  public Optional<NDArray> pixelMap(StepTensors tensors) {
    return parts.stream().flatMap(part -> part.pixelMap(tensors).stream()).findFirst();
  }

  @Override
  public List<ParameterSet> trainedWithStudent() {
    return parts.stream().flatMap(part -> part.trainedWithStudent().stream()).toList();
  }

  @Override
  public void stepEnded(StepTensors tensors) {
    parts.forEach(part -> part.stepEnded(tensors));
  }

  @Override
  public Map<String, Double> observations() {
    Map<String, Double> all = new TreeMap<>();
    parts.forEach(part -> all.putAll(part.observations()));
    return all;
  }

  @Override
  public SortedMap<String, HostTensor> state() {
    SortedMap<String, HostTensor> all = new TreeMap<>();
    for (int i = 0; i < parts.size(); i++) {
      all.putAll(States.under(i + "/", parts.get(i).state()));
    }
    return all;
  }

  @Override
  public void restore(SortedMap<String, HostTensor> state) {
    for (int i = 0; i < parts.size(); i++) {
      parts.get(i).restore(States.without(i + "/", state));
    }
  }

  @Override
  public void close() {
    parts.forEach(Distiller::close);
  }
}
