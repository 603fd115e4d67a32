/**
 * DCKD: a contrast with the student's own past, and a codebook that the student's image maps to.
 */
package org.distillgrid.kd.distill.dckd;
