/** NAFNet: gates in place of activations in a U-shape. */
package org.distillgrid.kd.model.nafnet;
