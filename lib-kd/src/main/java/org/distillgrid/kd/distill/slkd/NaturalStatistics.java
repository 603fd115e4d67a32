package org.distillgrid.kd.distill.slkd;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.nn.Shifted;
import org.distillgrid.kd.nn.block.AveragePool;

/**
 * The extractor after BRISQUE: 18 numbers of each channel's {@link LocalContrast} at each of two
 * scales, 36 in all. Two are of the values themselves, four of the products of neighbours along a
 * row, a column and both diagonals: mean, variance left and right of zero, and the ratio of
 * moments. Source: Mittal et al., BRISQUE, 2012 (known: which 36 numbers); reconstructed: the ratio
 * {@code (E|p|)²/E p²}, from which BRISQUE looks a distribution's shape up in a table, in place of
 * that shape, which has no gradient, and the mean in place of the fitted one.
 */
record NaturalStatistics(LocalContrast contrast) {
  private static final double LEAST = 1e-6;
  private static final int[] LAST = {2};
  // Smaller maps have no second scale.
  private static final long LEAST_SIDE = 6;

  /** Returns N×C×36, or N×C×18 of small features, in the features' manager. */
  NDArray of(NDArray features) {
    NDList all = new NDList();
    add(contrast.of(features), all);
    Shape shape = features.getShape();
    if (Math.min(shape.get(2), shape.get(3)) >= LEAST_SIDE) {
      add(contrast.of(AveragePool.to(features, shape.get(2) / 2, shape.get(3) / 2)), all);
    }
    return NDArrays.concat(all, 2);
  }

  private static void add(NDArray values, NDList all) {
    NDArray places = places(values);
    all.add(column(mean(places.square())));
    all.add(column(ratio(places)));
    product(values, ":, :, :, :-1", ":, :, :, 1:", all);
    product(values, ":, :, :-1, :", ":, :, 1:, :", all);
    product(values, ":, :, :-1, :-1", ":, :, 1:, 1:", all);
    product(values, ":, :, :-1, 1:", ":, :, 1:, :-1", all);
  }

  private static void product(NDArray values, String one, String other, NDList all) {
    NDArray product = places(values.get(new NDIndex(one)).mul(values.get(new NDIndex(other))));
    NDArray frozen = product.stopGradient();
    all.add(column(mean(product)));
    all.add(column(variance(product, frozen.lt(frozen.zerosLike()))));
    all.add(column(variance(product, frozen.gte(frozen.zerosLike()))));
    all.add(column(ratio(product)));
  }

  private static NDArray variance(NDArray product, NDArray side) {
    NDArray mask = side.toType(DataType.FLOAT32, false);
    NDArray count = Shifted.by(LEAST, mask.sum(LAST));
    return product.square().mul(mask).sum(LAST).div(count);
  }

  private static NDArray ratio(NDArray places) {
    NDArray squares = Shifted.by(LEAST, mean(places.square()));
    return mean(places.abs()).square().div(squares);
  }

  private static NDArray places(NDArray values) {
    return values.reshape(values.getShape().get(0), values.getShape().get(1), -1);
  }

  private static NDArray mean(NDArray places) {
    return places.mean(LAST);
  }

  private static NDArray column(NDArray numbers) {
    return numbers.expandDims(2);
  }
}
