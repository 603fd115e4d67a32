package org.distillgrid.kd.model;

/**
 * What a network restores.
 *
 * @param imageChannels 1 for grey, 3 for RGB
 * @param scale output size over input size
 */
public record ModelTarget(int imageChannels, int scale) {}
