/** Frozen networks that say how alike two images look. */
package org.distillgrid.kd.perceptual;
