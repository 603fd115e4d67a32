/** Restormer: attention over channels in a U-shape. */
package org.distillgrid.kd.model.restormer;
