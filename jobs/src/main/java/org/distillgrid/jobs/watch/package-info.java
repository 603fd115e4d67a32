/** What a run folder tells of a run to whoever looks at it from elsewhere: no Spark, no driver. */
package org.distillgrid.jobs.watch;
