/** Results turned into tables, and the table that a run prints at its end. */
package org.distillgrid.jobs.report;
