package org.distillgrid.kd.quant;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.nn.GradientMode;
import org.distillgrid.kd.nn.Scaled;

/**
 * Latents quantised to the nearest entries of a codebook. Source: van den Oord et al., VQ-VAE, 2017
 * (known): straight-through estimator, {@code loss = ‖sg[z] − e‖² + β·‖z − sg[e]‖²} as means over
 * elements. (The code of taming-transformers has β at the other of the two terms.)
 *
 * @param quantized the nearest entries with the gradient of the latents, N×D×h×w
 * @param loss moves entries to latents and, times β, latents to entries; a scalar
 * @param uses how many places each entry is nearest to, M
 */
public record CodebookLookup(NDArray quantized, NDArray loss, NDArray uses) {
  /**
   * Looks latents up; everything belongs to the manager of the latents.
   *
   * @param latent N×D×h×w
   * @param codebook M×D, an alias in the latents' manager
   * @param beta weight of the term that moves the latents
   */
  public static CodebookLookup of(NDArray latent, NDArray codebook, double beta) {
    Shape shape = latent.getShape();
    NDArray rows = latent.transpose(0, 2, 3, 1).reshape(-1, shape.get(1));
    NDArray chosen = GradientMode.off(() -> nearest(rows, codebook));
    NDArray entries = chosen.matMul(codebook);
    NDArray toLatents = entries.sub(rows.stopGradient()).square().mean();
    NDArray toEntries = rows.sub(entries.stopGradient()).square().mean();
    NDArray quantized =
        StraightThrough.value(entries, rows)
            .reshape(shape.get(0), shape.get(2), shape.get(3), shape.get(1))
            .transpose(0, 3, 1, 2);
    NDArray uses = GradientMode.off(() -> chosen.sum(new int[] {0}));
    return new CodebookLookup(quantized, toLatents.add(Scaled.by(beta, toEntries)), uses);
  }

  // A row of zeros and one 1 for each place: a product with it picks entries, and on the way back
  // adds their gradients up in an order that never changes.
  private static NDArray nearest(NDArray rows, NDArray codebook) {
    NDArray products = Scaled.by(2, rows.matMul(codebook.transpose()));
    NDArray distances = codebook.square().sum(new int[] {1}).expandDims(0).sub(products);
    return distances.argMin(1).oneHot((int) codebook.getShape().get(0), DataType.FLOAT32);
  }
}
