/** CSD: nearer to the teacher than to other images, in the features of an encoder. */
package org.distillgrid.kd.distill.csd;
