/** How hard each part of an image is: four signals on a coarse grid. */
package org.distillgrid.kd.difficulty;
