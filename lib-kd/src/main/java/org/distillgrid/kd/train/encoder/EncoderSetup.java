package org.distillgrid.kd.train.encoder;

import org.distillgrid.kd.perceptual.EncoderShape;
import org.distillgrid.kd.task.Task;
import org.distillgrid.kd.train.Schedule;
import org.distillgrid.kd.train.patches.PatchSource;

/**
 * What a small encoder is trained from: the ground truth of patches.
 *
 * @param id names the training to the listener
 * @param shape the encoder's sizes
 * @param task what the patches were made for
 * @param seed decides first values, batches and augmentations
 * @param schedule how long and how fast
 * @param training training patches
 * @param validation patches on which the curve's PSNR is taken
 */
public record EncoderSetup(
    String id,
    EncoderShape shape,
    Task task,
    long seed,
    Schedule schedule,
    PatchSource training,
    PatchSource validation) {}
