/** The Spark side of distill-grid. */
package org.distillgrid.jobs;
