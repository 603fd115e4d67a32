/**
 * Fake quantisation: quantisers, bit-widths, the straight-through estimator, and what bits cost.
 */
package org.distillgrid.kd.quant;
