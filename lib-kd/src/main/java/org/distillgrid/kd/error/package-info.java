/** The one exception type of the project and the nearest-name hint that its messages carry. */
package org.distillgrid.kd.error;
