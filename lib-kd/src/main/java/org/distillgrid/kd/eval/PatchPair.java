package org.distillgrid.kd.eval;

import org.distillgrid.kd.image.PlanarImage;

/**
 * A patch to be scored.
 *
 * @param id its id; with the task it decides the noise that the task may add
 * @param input the stored, degraded patch
 * @param target the ground truth, {@code scale} times as large
 */
public record PatchPair(String id, PlanarImage input, PlanarImage target) {}
