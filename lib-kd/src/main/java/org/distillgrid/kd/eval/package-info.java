/** Scores networks on whole images, and patches by their difficulty. */
package org.distillgrid.kd.eval;
