package org.distillgrid.kd.model;

/**
 * A number in a model's name: {@code c64} in {@code edsr-c64-b16}.
 *
 * @param key its letters
 * @param help what it sets
 * @param standard its value when the name leaves it out
 * @param least the least value allowed
 * @param most the greatest value allowed
 */
public record ModelOption(String key, String help, double standard, double least, double most) {}
