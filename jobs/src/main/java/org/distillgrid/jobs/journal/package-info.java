/** What happened in a run: events that only the driver appends, and the results they speak of. */
package org.distillgrid.jobs.journal;
