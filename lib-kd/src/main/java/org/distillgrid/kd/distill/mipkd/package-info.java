/** MiPKD: features and blocks of teacher and student are mixed, and the mixtures taught. */
package org.distillgrid.kd.distill.mipkd;
