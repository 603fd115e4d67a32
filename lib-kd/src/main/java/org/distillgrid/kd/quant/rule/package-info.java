/** The quantisers, one file a rule, and what they are made of. */
package org.distillgrid.kd.quant.rule;
