/** Parameters, layers and the segmented shape that every network has. */
package org.distillgrid.kd.nn;
