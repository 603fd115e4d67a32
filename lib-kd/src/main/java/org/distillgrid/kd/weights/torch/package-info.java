/** The files of PyTorch: pickles, read as data, and the storages beside them. */
package org.distillgrid.kd.weights.torch;
