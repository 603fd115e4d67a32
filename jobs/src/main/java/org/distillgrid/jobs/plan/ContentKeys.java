package org.distillgrid.jobs.plan;

import java.io.Serializable;

/**
 * What is known of a run's inputs only after they have been read.
 *
 * @param data fingerprint of the patch table
 * @param teacher SHA-256 of the teacher's weights, in hexadecimal; empty when there is no teacher
 * @param encoder SHA-256 of the encoder's weights; empty when no trial reads one
 */
public record ContentKeys(String data, String teacher, String encoder) implements Serializable {}
