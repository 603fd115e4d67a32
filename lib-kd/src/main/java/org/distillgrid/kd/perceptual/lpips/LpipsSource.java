package org.distillgrid.kd.perceptual.lpips;

import org.distillgrid.kd.weights.Checkpoint;

/**
 * Weights and where they are from.
 *
 * @param checkpoint the tensors
 * @param name what a message calls it, usually a file
 */
public record LpipsSource(Checkpoint checkpoint, String name) {}
