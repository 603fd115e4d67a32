/** What baseline JPEG takes from an image, in the arithmetic of libjpeg, without any file. */
package org.distillgrid.kd.image.jpeg;
