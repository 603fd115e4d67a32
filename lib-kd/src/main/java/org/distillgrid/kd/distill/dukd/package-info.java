/** DUKD: labels of the teacher for data that the training set does not have. */
package org.distillgrid.kd.distill.dukd;
