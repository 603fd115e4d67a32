package org.distillgrid.kd.distill;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.weights.HostTensor;

/**
 * A method whose pixel-wise terms another one weights.
 *
 * @param weighting gives the weights
 * @param base the method that is weighted
 */
record WeightedDistiller(PixelWeighting weighting, Distiller base) implements Distiller {
  private static final String WEIGHTING = "weighting/";
  private static final String BASE = "base/";

  @Override
  public LossTerms loss(StepTensors tensors) {
    NDArray weights = weighting.weights(tensors);
    LossTerms even = base.loss(tensors);
    LossTerms weighted = even.weighted(weights);
    if (weighting.comparesWithEven()) {
      return weighted.comparedWith(even);
    }
    return weighted;
  }

  @Override
  public void otherStepImagined(StepTensors tensors) {
    weighting.evenStepImagined(tensors);
  }

  @Override
  public List<ParameterSet> trainedWithStudent() {
    return base.trainedWithStudent();
  }

  @Override
  public void stepEnded(StepTensors tensors) {
    base.stepEnded(tensors);
    weighting.stepEnded(tensors);
  }

  @Override
  public Map<String, Double> observations() {
    Map<String, Double> both = new TreeMap<>(base.observations());
    both.putAll(weighting.observations());
    return both;
  }

  @Override
  public Map<String, NDArray> maps(StepTensors tensors) {
    return weighting.maps(tensors);
  }

  @Override
  public SortedMap<String, HostTensor> state() {
    SortedMap<String, HostTensor> both = States.under(BASE, base.state());
    both.putAll(States.under(WEIGHTING, weighting.state()));
    return both;
  }

  @Override
  public void restore(SortedMap<String, HostTensor> state) {
    base.restore(States.without(BASE, state));
    weighting.restore(States.without(WEIGHTING, state));
  }

  @Override
  public void close() {
    weighting.close();
    base.close();
  }
}
