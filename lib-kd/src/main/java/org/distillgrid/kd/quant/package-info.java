/**
 * Fake quantisation: what a quantiser is and is made of, bit-widths, the straight-through
 * estimator, and networks with quantisers put in. The rules themselves are in {@code rule} and,
 * where they are PyTorch's, in {@code observer}; the file that holds a student at its bits is in
 * {@code packed}.
 */
package org.distillgrid.kd.quant;
