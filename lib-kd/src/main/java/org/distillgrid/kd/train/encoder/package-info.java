/** The training of the small encoder in which methods compare images. */
package org.distillgrid.kd.train.encoder;
