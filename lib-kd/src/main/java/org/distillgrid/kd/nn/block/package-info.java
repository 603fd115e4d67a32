/** Blocks that architectures are built from: attention, norms, padding, resizing, upsampling. */
package org.distillgrid.kd.nn.block;
