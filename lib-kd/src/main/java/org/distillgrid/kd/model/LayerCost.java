package org.distillgrid.kd.model;

import ai.djl.ndarray.types.Shape;
import org.distillgrid.kd.nn.LayerRole;

/**
 * What one layer costs for one image of a given size.
 *
 * @param name its full name
 * @param role where it stands
 * @param weight the shape of its weight
 * @param output the shape of its output for one image
 * @param parameters weights and biases
 * @param macs multiplications with an addition
 */
public record LayerCost(
    String name, LayerRole role, Shape weight, Shape output, long parameters, long macs) {}
