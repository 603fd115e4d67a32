package org.distillgrid.kd.quant.observer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.nn.HostValues;
import org.distillgrid.kd.quant.Bounds;
import org.distillgrid.kd.quant.BoundsRule;

/**
 * The range of one tensor with the least squared error of quantisation, by a histogram of all
 * batches and a search in it. Source: {@code HistogramObserver} of PyTorch 1.13 (known), but for
 * the ends of its histograms, which that version cuts to whole numbers and others do not.
 */
final class HistogramBounds implements BoundsRule {
  private final Histogram histogram = new Histogram();

  @Override
  public void observe(NDArray rows) {
    histogram.add(HostValues.of(rows));
  }

  @Override
  public Bounds bounds(NDManager manager) {
    HistogramSearch.Found found = new HistogramSearch(histogram).found();
    return new Bounds(one(found.least(), manager), one(found.greatest(), manager));
  }

  private static NDArray one(float value, NDManager manager) {
    return manager.create(new float[] {value}, new Shape(1, 1));
  }
}
