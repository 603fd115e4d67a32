package org.distillgrid.kd.train;

import java.io.Serializable;

/**
 * What sets one trial of a cohort apart from the others.
 *
 * @param id the trial's id, a hash of everything that decides its numbers
 * @param student a model name, for instance {@code edsr-c16-b4}
 * @param bits {@code fp} or a form such as {@code w4a4}
 * @param quantizer the name of a quantiser; {@code fp} when nothing is quantised
 * @param method the name of a distillation method
 */
public record TrialSetup(String id, String student, String bits, String quantizer, String method)
    implements Serializable {}
