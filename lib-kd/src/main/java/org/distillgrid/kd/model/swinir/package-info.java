/** SwinIR: windows of attention in residual groups. */
package org.distillgrid.kd.model.swinir;
