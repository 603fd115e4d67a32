/** How hard each patch is for a student and its teacher: the Spark job behind it. */
package org.distillgrid.jobs.score;
