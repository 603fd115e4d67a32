/** SPARK: a policy, trained by reinforcement, decides where in an image distillation counts. */
package org.distillgrid.kd.distill.spark;
