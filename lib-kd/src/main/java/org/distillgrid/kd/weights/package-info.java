/** Tensors on the host, and the files that hold them. */
package org.distillgrid.kd.weights;
