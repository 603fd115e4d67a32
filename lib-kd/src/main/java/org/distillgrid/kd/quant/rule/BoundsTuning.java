package org.distillgrid.kd.quant.rule;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.List;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.GradientMode;
import org.distillgrid.kd.nn.ParameterSet;
import org.distillgrid.kd.nn.Pass;
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.nn.optimizer.Adam;
import org.distillgrid.kd.quant.Quantization;
import org.distillgrid.kd.quant.QuantizedNetwork;

/**
 * Tunes the bounds of a calibrated network on its calibration batches: at full precision it teaches
 * itself quantised, {@code L1(outputs) + λ·Σ MSE(features)}, by Adam down along a cosine. Weights
 * stay as they are.
 *
 * <p>Source: distillation quantisation calibration, 2DQuant, Liu et al., arXiv 2406.06649 (losses,
 * λ = 5, rate 1e-2 and cosine known; 200 steps, where the paper takes 3,000, and the features after
 * each segment reconstructed).
 *
 * @param steps updates, 0 upwards
 * @param rate Adam's at the first step
 * @param features λ
 */
record BoundsTuning(int steps, double rate, double features) {
  /**
   * Moves a network's bounds.
   *
   * @param batches inputs in [0, 1], N×C×h×w, taken in turn
   */
  void run(QuantizedNetwork quantized, List<NDArray> batches, NDManager manager) {
    ParameterSet bounds = quantized.quantization().learned();
    if (bounds.isEmpty()) {
      return;
    }
    bounds.trainable();
    try (Adam adam = new Adam(bounds, manager)) {
      for (int step = 0; step < steps; step++) {
        double now = rate * (1 + Math.cos(Math.PI * step / steps)) / 2;
        try (NDManager scratch = manager.newSubManager()) {
          descend(quantized, batches.get(step % batches.size()), scratch);
          adam.update(step + 1, now, scratch);
        }
      }
    }
  }

  private void descend(QuantizedNetwork quantized, NDArray batch, NDManager scratch) {
    Architecture network = quantized.network().architecture();
    NDArray input = batch.reshape(batch.getShape());
    input.attach(scratch);
    Pass full = fullPrecision(quantized.quantization(), network, input);
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      Pass pass = Pass.of(network, input);
      NDArray loss = pass.output().sub(full.output()).abs().mean();
      for (int k = 0; k < network.segments(); k++) {
        NDArray difference = pass.features().get(k).sub(full.features().get(k));
        loss = loss.add(Scaled.by(features, difference.square().mean()));
      }
      collector.backward(loss);
    }
  }

  private static Pass fullPrecision(
      Quantization quantization, Architecture network, NDArray input) {
    quantization.takeOut();
    try {
      return GradientMode.off(() -> Pass.of(network, input));
    } finally {
      quantization.putIn();
    }
  }
}
