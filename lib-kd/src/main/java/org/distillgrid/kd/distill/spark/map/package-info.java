/** How a weight map is drawn around the policy's mean map, and what that says of its likelihood. */
package org.distillgrid.kd.distill.spark.map;
