/** Filters of images, and the weights of those that blur. */
package org.distillgrid.kd.image.filter;
