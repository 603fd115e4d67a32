package org.distillgrid.kd.quant.rule;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.List;
import org.distillgrid.kd.nn.Adam;
import org.distillgrid.kd.nn.Architecture;
import org.distillgrid.kd.nn.GradientMode;
import org.distillgrid.kd.nn.Pass;
import org.distillgrid.kd.nn.Scaled;
import org.distillgrid.kd.quant.Quantization;
import org.distillgrid.kd.quant.QuantizedNetwork;

/**
 * Tunes the bounds of a calibrated student on its calibration batches: the full-precision network
 * teaches the quantised one, {@code L1(outputs) + 5·Σ MSE(features)}, by Adam from 1e-2 down along
 * a cosine. Weights stay as they are.
 *
 * <p>Source: distillation quantisation calibration, 2DQuant, Liu et al., arXiv 2406.06649 (losses,
 * their weight, rate and cosine known; 200 steps, where the paper takes 3,000, and the features
 * after each segment reconstructed).
 */
final class BoundsTuning {
  private static final int STEPS = 200;
  private static final double RATE = 1e-2;
  private static final float FEATURE_WEIGHT = 5;

  private final Architecture network;
  private final Quantization quantization;

  private BoundsTuning(QuantizedNetwork student) {
    this.network = student.network().architecture();
    this.quantization = student.quantization();
  }

  /**
   * Moves the student's bounds.
   *
   * @param batches inputs in [0, 1], N×C×h×w, taken in turn
   */
  static void run(QuantizedNetwork student, List<NDArray> batches, NDManager manager) {
    BoundsTuning tuning = new BoundsTuning(student);
    if (tuning.quantization.learned().isEmpty()) {
      return;
    }
    tuning.quantization.learned().trainable();
    try (Adam adam = new Adam(tuning.quantization.learned(), manager)) {
      for (int step = 0; step < STEPS; step++) {
        double rate = RATE * (1 + Math.cos(Math.PI * step / STEPS)) / 2;
        try (NDManager scratch = manager.newSubManager()) {
          tuning.descend(batches.get(step % batches.size()), scratch);
          adam.update(step + 1, rate, scratch);
        }
      }
    }
  }

  private void descend(NDArray batch, NDManager scratch) {
    NDArray input = batch.reshape(batch.getShape());
    input.attach(scratch);
    Pass full = fullPrecision(input);
    try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      Pass pass = Pass.of(network, input);
      NDArray loss = pass.output().sub(full.output()).abs().mean();
      for (int k = 0; k < network.segments(); k++) {
        NDArray difference = pass.features().get(k).sub(full.features().get(k));
        loss = loss.add(Scaled.by(FEATURE_WEIGHT, difference.square().mean()));
      }
      collector.backward(loss);
    }
  }

  private Pass fullPrecision(NDArray input) {
    quantization.takeOut();
    try {
      return GradientMode.off(() -> Pass.of(network, input));
    } finally {
      quantization.putIn();
    }
  }
}
