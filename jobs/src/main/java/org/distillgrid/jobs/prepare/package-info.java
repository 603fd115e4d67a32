/** Images to patches: the Spark job that fills the patch table. */
package org.distillgrid.jobs.prepare;
