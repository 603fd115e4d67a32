/**
 * The quantisers of PyTorch: observers that find ranges on calibration batches or follow them
 * through a training, and the fake quantisation that is done with them.
 */
package org.distillgrid.kd.quant.observer;
