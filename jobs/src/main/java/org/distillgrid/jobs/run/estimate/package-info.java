/** What a run will take of time, disk and memory, before it is begun. */
package org.distillgrid.jobs.run.estimate;
