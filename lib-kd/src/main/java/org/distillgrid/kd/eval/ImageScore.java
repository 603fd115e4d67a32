package org.distillgrid.kd.eval;

import org.distillgrid.kd.task.Score;

/**
 * The score of one image.
 *
 * @param image the stem of its file
 * @param score how near it is to its ground truth
 */
public record ImageScore(String image, Score score) {}
