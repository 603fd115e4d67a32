package org.distillgrid.jobs.spec;

import java.io.Serializable;

/**
 * What is known of a run's inputs only after they have been read.
 *
 * @param data fingerprint of the patch table
 * @param teacher SHA-256 of the teacher's weights, in hexadecimal; empty when there is no teacher
 */
public record ContentKeys(String data, String teacher) implements Serializable {}
