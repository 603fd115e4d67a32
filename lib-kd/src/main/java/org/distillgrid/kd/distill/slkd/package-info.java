/** SLKD: one student, two teachers, and extractors of what makes images look natural. */
package org.distillgrid.kd.distill.slkd;
