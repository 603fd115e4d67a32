package org.distillgrid.kd.distill;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.distillgrid.kd.error.ErrorCode;
import org.distillgrid.kd.error.GridException;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.weights.HostTensor;

/**
 * Several methods at once.
 *
 * @param parts the methods in the order in which they are written, which names their states
 * @param shares which of them gives which term
 */
record SummedDistiller(List<Part> parts, TermShares shares) implements Distiller {
  /**
   * One of the methods.
   *
   * @param setting what it is
   * @param distiller the method at work
   */
  record Part(MethodSetting setting, Distiller distiller) {
    LossTerms loss(StepTensors tensors) {
      LossTerms terms = distiller.loss(tensors);
      Set<String> undeclared = new HashSet<>(terms.byName().keySet());
      setting.terms().forEach(declared -> undeclared.remove(declared.name()));
      for (String term : undeclared) {
        throw GridException.of(
            ErrorCode.USAGE,
            "Cannot use method %s: its loss has a term that it does not declare: %s",
            setting.name(),
            term);
      }
      return terms;
    }
  }

  SummedDistiller {
    parts = List.copyOf(parts);
  }

  @Override
  public LossTerms loss(StepTensors tensors) {
    Map<String, Part> byName =
        parts.stream()
            .collect(Collectors.toMap(part -> part.setting().name(), Function.identity()));
    LossTerms sum = LossTerms.none();
    for (Map.Entry<String, Set<String>> share : shares.byMethod().entrySet()) {
      LossTerms terms = byName.get(share.getKey()).loss(tensors);
      sum = sum.and(terms.only(share.getValue()));
    }
    return sum;
  }

  @Override
  public List<ParameterSet> trainedWithStudent() {
    return parts.stream().flatMap(part -> part.distiller().trainedWithStudent().stream()).toList();
  }

  @Override
  public void stepEnded(StepTensors tensors) {
    parts.forEach(part -> part.distiller().stepEnded(tensors));
  }

  @Override
  public Map<String, Double> observations() {
    Map<String, Double> all = new TreeMap<>();
    parts.forEach(part -> all.putAll(part.distiller().observations()));
    return all;
  }

  @Override
  public SortedMap<String, HostTensor> state() {
    SortedMap<String, HostTensor> all = new TreeMap<>();
    for (int i = 0; i < parts.size(); i++) {
      all.putAll(States.under(i + "/", parts.get(i).distiller().state()));
    }
    return all;
  }

  @Override
  public void restore(SortedMap<String, HostTensor> state) {
    for (int i = 0; i < parts.size(); i++) {
      parts.get(i).distiller().restore(States.without(i + "/", state));
    }
  }

  @Override
  public void close() {
    parts.forEach(part -> part.distiller().close());
  }
}
