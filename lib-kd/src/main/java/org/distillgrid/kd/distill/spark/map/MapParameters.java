package org.distillgrid.kd.distill.spark.map;

import ai.djl.ndarray.NDArray;

/**
 * What the policy says of the maps to draw.
 *
 * @param mean μ of each cell, N×1×G×G
 * @param logSigma ln σ, shared by all cells, one number
 */
public record MapParameters(NDArray mean, NDArray logSigma) {}
