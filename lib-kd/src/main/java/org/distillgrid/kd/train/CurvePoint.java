package org.distillgrid.kd.train;

import java.io.Serializable;

/**
 * One number of a training curve.
 *
 * @param step updates made when it was taken
 * @param series {@code loss/<term>}, {@code method/<what the method saw>}, {@code learning_rate} or
 *     {@code validation_psnr}
 * @param value the mean since the last point for losses and what a method saw, over the steps that
 *     had it; the momentary value for others
 */
public record CurvePoint(long step, String series, double value) implements Serializable {}
