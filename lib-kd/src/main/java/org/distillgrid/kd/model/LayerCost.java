package org.distillgrid.kd.model;

import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.nn.LayerRole;

/**
 * What one layer costs for one image of a given size. A layer that the image passes several times,
 * as in MIRNet, costs as often.
 *
 * @param name its full name
 * @param role where it stands
 * @param kernel its sizes in short, for instance {@code 3×3 64→64}
 * @param output the shape of its output for one image
 * @param parameters weights and biases; none for a product of two activations
 * @param macs multiplications with an addition
 */
public record LayerCost(
    String name, LayerRole role, String kernel, Shape output, long parameters, long macs) {}
