/** The file that holds a student at its bits. */
package org.distillgrid.kd.quant.packed;
